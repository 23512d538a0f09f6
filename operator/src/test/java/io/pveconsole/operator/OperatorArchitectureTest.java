// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which way dependencies point, and what the operator never does. */
class OperatorArchitectureTest {

  private static final String OPERATOR = "io.pveconsole.operator";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(OPERATOR);

  @Test
  void desiredObjectsAreMadeWithoutApiServerClockOrChance() {
    noClasses()
        .that()
        .resideInAPackage(OPERATOR + ".host.relay..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client..",
            "io.javaoperatorsdk..",
            "java.time..",
            "java.util.random..")
        .check(classes);
  }

  @Test
  void hostsKnowNothingOfSessions() {
    noClasses()
        .that()
        .resideInAPackage(OPERATOR + ".host..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OPERATOR + ".session..", OPERATOR + ".grant..")
        .check(classes);
  }

  @Test
  void statusIsBelowEverything() {
    noClasses()
        .that()
        .resideInAPackage(OPERATOR + ".status..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OPERATOR + ".host..",
            OPERATOR + ".session..",
            OPERATOR + ".grant..",
            OPERATOR + ".events..")
        .check(classes);
  }

  @Test
  void nothingReadsTheWallClockByItself() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(OPERATOR + ".Main")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.Clock.class, "systemUTC")
        .check(classes);
  }
}
