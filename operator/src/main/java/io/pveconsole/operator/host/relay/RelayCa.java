// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.Map;
import java.util.Optional;

/** Publishes the CA of relays that serve a certificate of the operator's making. */
final class RelayCa implements OwnedObject<ConfigMap> {

  private static final String KEY = "ca.crt";

  @Override
  public Class<ConfigMap> type() {
    return ConfigMap.class;
  }

  @Override
  public String name(ProxmoxHost host) {
    return RelayNames.caConfigMap(host);
  }

  @Override
  public Optional<ConfigMap> desired(RelayPlan plan) {
    return plan.facts()
        .caBundle()
        .map(
            pem ->
                new ConfigMapBuilder()
                    .withMetadata(RelayMetadata.of(plan.host(), name(plan.host())))
                    .withData(Map.of(KEY, pem))
                    .build());
  }
}
