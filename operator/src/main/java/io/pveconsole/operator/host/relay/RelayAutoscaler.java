// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.pveconsole.api.v1alpha1.host.Autoscaling;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the number of relays where the host asks for it. It takes relays away one by one and
 * late: those who look at consoles there are moved.
 */
final class RelayAutoscaler implements OwnedObject<HorizontalPodAutoscaler> {

  private static final int QUIET_SECONDS = 1800;
  private static final int PERIOD_SECONDS = 60;

  @Override
  public Class<HorizontalPodAutoscaler> type() {
    return HorizontalPodAutoscaler.class;
  }

  @Override
  public Optional<HorizontalPodAutoscaler> desired(RelayPlan plan) {
    Autoscaling wanted = plan.host().getSpec().relay().autoscaling();
    if (wanted == null || plan.host().getSpec().suspend()) {
      return Optional.empty();
    }
    String name = name(plan.host());
    return Optional.of(
        new HorizontalPodAutoscalerBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name))
            .withNewSpec()
            .withNewScaleTargetRef("apps/v1", "Deployment", name)
            .withMinReplicas(wanted.minReplicas())
            .withMaxReplicas(wanted.maxReplicas())
            .withMetrics(metrics(wanted))
            .withNewBehavior()
            .withNewScaleDown()
            .withStabilizationWindowSeconds(QUIET_SECONDS)
            .withSelectPolicy("Max")
            .addNewPolicy(PERIOD_SECONDS, "Pods", 1)
            .endScaleDown()
            .endBehavior()
            .endSpec()
            .build());
  }

  private static List<MetricSpec> metrics(Autoscaling wanted) {
    if (wanted.metrics() != null && !wanted.metrics().isEmpty()) {
      return wanted.metrics();
    }
    return List.of(
        new MetricSpecBuilder()
            .withType("Resource")
            .withNewResource()
            .withName("cpu")
            .withNewTarget()
            .withType("Utilization")
            .withAverageUtilization(wanted.targetCpuUtilizationPercent())
            .endTarget()
            .endResource()
            .build());
  }
}
