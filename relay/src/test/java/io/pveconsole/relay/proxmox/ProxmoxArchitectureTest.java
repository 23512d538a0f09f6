// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The client of Proxmox stands by itself. */
class ProxmoxArchitectureTest {

  @Test
  void knowsNeitherTheRelayNorKubernetes() {
    noClasses()
        .that()
        .resideInAPackage("io.pveconsole.relay.proxmox..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are of the relay around it, of the kinds, or of Kubernetes",
                type ->
                    (type.getPackageName().startsWith("io.pveconsole")
                            && !type.getPackageName().startsWith("io.pveconsole.relay.proxmox"))
                        || type.getPackageName().startsWith("io.fabric8")))
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.pveconsole.relay.proxmox"));
  }
}
