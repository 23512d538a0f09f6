// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.operator.host.relay.RelayNames;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RelayAvailable: at least one relay pod of the current template's Deployment is ready. */
final class RelayCondition {

  static final String TYPE = "RelayAvailable";

  private RelayCondition() {}

  static Finding of(HostFacts facts) {
    if (!facts.foreign().isEmpty()) {
      String names = String.join(", ", facts.foreign());
      return Finding.no(
          TYPE,
          HostReason.NameTaken,
          "Not made by this ProxmoxHost and left alone: "
              + names
              + ". Rename or delete them, or rename the ProxmoxHost.");
    }
    if (facts.host().getSpec().suspend()) {
      return Finding.no(
          TYPE, HostReason.Suspended, "spec.suspend is true; set it to false to go on.");
    }
    Optional<String> trouble = certificateTrouble(facts);
    if (facts.deployment().filter(d -> isAvailable(d, facts)).isPresent()) {
      return Finding.yes(
          TYPE,
          HostReason.Available,
          "Relays are ready."
              + trouble.map(text -> " A new certificate is not shown. " + text).orElse("")
              + wide(facts));
    }
    if (trouble.isPresent()) {
      return Finding.no(TYPE, HostReason.CertificateUnusable, trouble.get());
    }
    String namespace = facts.host().getMetadata().getNamespace();
    return Finding.no(
        TYPE,
        HostReason.RelayUnavailable,
        "No relay pod is ready. See: kubectl -n "
            + namespace
            + " describe deployment "
            + RelayNames.relay(facts.host()));
  }

  /** Of the first relay that has some: all are given the same certificate. */
  private static Optional<String> certificateTrouble(HostFacts facts) {
    return Optional.ofNullable(facts.host().getStatus())
        .flatMap(status -> Optional.ofNullable(status.relays()))
        .stream()
        .flatMap(List::stream)
        .map(RelayStatus::certificateTrouble)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static String wide(HostFacts facts) {
    return facts.wideRules().isEmpty()
        ? ""
        : " Their NetworkPolicy could be narrower: " + String.join("; ", facts.wideRules()) + ".";
  }

  /** While the Deployment's status is behind its spec, what was known before holds. */
  private static boolean isAvailable(Deployment deployment, HostFacts facts) {
    DeploymentStatus status = deployment.getStatus();
    if (status == null || status.getAvailableReplicas() == null) {
      return false;
    }
    boolean current =
        number(status.getObservedGeneration()) >= number(deployment.getMetadata().getGeneration());
    return status.getAvailableReplicas() > 0 && (current || wasAvailable(facts));
  }

  private static boolean wasAvailable(HostFacts facts) {
    ProxmoxHostStatus before = facts.host().getStatus();
    return before != null && Conditions.isTrue(before.conditions(), TYPE);
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
