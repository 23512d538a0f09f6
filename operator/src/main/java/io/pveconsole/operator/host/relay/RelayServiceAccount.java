// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Optional;

/** The account of a host's relays; its token is mounted where the pod asks for it only. */
final class RelayServiceAccount implements OwnedObject<ServiceAccount> {

  @Override
  public Class<ServiceAccount> type() {
    return ServiceAccount.class;
  }

  @Override
  public Optional<ServiceAccount> desired(RelayPlan plan) {
    return Optional.of(
        new ServiceAccountBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name(plan.host())))
            .withAutomountServiceAccountToken(false)
            .build());
  }
}
