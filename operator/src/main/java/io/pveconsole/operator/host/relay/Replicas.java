// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many relays the operator asks for. With autoscaling it goes on to apply the number that is
 * there until somebody else owns the field: an owner that lets go too early resets it to 1.
 */
final class Replicas {

  private Replicas() {}

  /** Null when the autoscaler has taken over. */
  static @Nullable Integer of(RelayPlan plan, String fieldManager) {
    var spec = plan.host().getSpec();
    if (spec.suspend()) {
      return 0;
    }
    if (spec.relay().autoscaling() == null) {
      return spec.relay().replicas();
    }
    int fewest = spec.relay().autoscaling().minReplicas();
    return plan.facts()
        .deployment()
        .map(live -> live(live, fieldManager, fewest))
        .orElse(new Choice(fewest))
        .number();
  }

  private static Choice live(Deployment deployment, String fieldManager, int fewest) {
    Integer now = deployment.getSpec().getReplicas();
    if (now == null || now == 0) {
      return new Choice(fewest);
    }
    return othersOwnIt(deployment, fieldManager) ? new Choice(null) : new Choice(now);
  }

  private static boolean othersOwnIt(Deployment deployment, String fieldManager) {
    List<ManagedFieldsEntry> fields = deployment.getMetadata().getManagedFields();
    return fields != null
        && fields.stream()
            .anyMatch(entry -> !fieldManager.equals(entry.getManager()) && holdsReplicas(entry));
  }

  private static boolean holdsReplicas(ManagedFieldsEntry entry) {
    return entry.getFieldsV1() != null
        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
        && spec.containsKey("f:replicas");
  }

  private record Choice(@Nullable Integer number) {}
}
