// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Optional;

/** Lets a drain of nodes take one relay at a time. */
final class RelayDisruptionBudget implements OwnedObject<PodDisruptionBudget> {

  @Override
  public Class<PodDisruptionBudget> type() {
    return PodDisruptionBudget.class;
  }

  @Override
  public Optional<PodDisruptionBudget> desired(RelayPlan plan) {
    return Optional.of(
        new PodDisruptionBudgetBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name(plan.host())))
            .withNewSpec()
            .withNewMaxUnavailable(1)
            .withNewSelector()
            .withMatchLabels(RelayMetadata.selector(plan.host()))
            .endSelector()
            .endSpec()
            .build());
  }
}
