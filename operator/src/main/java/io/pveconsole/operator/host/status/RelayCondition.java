// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.operator.host.relay.RelayNames;
import io.pveconsole.operator.status.Finding;
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
    boolean available = facts.deployment().filter(RelayCondition::isAvailable).isPresent();
    if (available) {
      return Finding.yes(TYPE, HostReason.Available, "Relays are ready.");
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

  private static boolean isAvailable(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    if (status == null || status.getAvailableReplicas() == null) {
      return false;
    }
    return number(status.getObservedGeneration())
            >= number(deployment.getMetadata().getGeneration())
        && status.getAvailableReplicas() > 0;
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
