// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which way dependencies point. */
class RelayArchitectureTest {

  private static final String RELAY = "io.pveconsole.relay";
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(RELAY);

  private void standsAlone(String name) {
    noClasses()
        .that()
        .resideInAPackage(RELAY + "." + name + "..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are of the rest of the relay",
                type ->
                    type.getPackageName().startsWith("io.pveconsole")
                        && !type.getPackageName().startsWith(RELAY + "." + name)))
        .check(classes);
  }

  @Test
  void cookiesAndHeadersStandAlone() {
    standsAlone("web.security");
  }

  @Test
  void theProtocolsStandAlone() {
    standsAlone("rfb");
    standsAlone("terminal");
  }

  @Test
  void onlyTheKubernetesPackageTalksToTheApiServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage(RELAY + ".kubernetes..")
        .and()
        .doNotHaveFullyQualifiedName(RELAY + ".Main")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8.kubernetes.client..")
        .because("tests need no API server")
        .check(classes);
  }

  @Test
  void viewersKnowNoHttp() {
    noClasses()
        .that()
        .resideInAPackage(RELAY + ".viewer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(RELAY + ".web..", RELAY + ".kubernetes..", "io.vertx.core.http..")
        .check(classes);
  }
}
