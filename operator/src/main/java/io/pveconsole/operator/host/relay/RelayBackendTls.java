// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import java.util.Optional;

/** Tells a Gateway to speak TLS to the relays, and whom to trust. */
final class RelayBackendTls implements OwnedObject<BackendTLSPolicy> {

  @Override
  public Class<BackendTLSPolicy> type() {
    return BackendTLSPolicy.class;
  }

  @Override
  public Optional<OptionalApi> needs() {
    return Optional.of(OptionalApi.BACKEND_TLS_POLICY);
  }

  @Override
  public Optional<BackendTLSPolicy> desired(RelayPlan plan) {
    ProxmoxHost host = plan.host();
    boolean wanted =
        plan.facts().routed()
            && host.getSpec().exposure().type() == ExposureType.HTTPRoute
            && ServingTls.of(host) instanceof ServingTls.Own;
    if (!wanted) {
      return Optional.empty();
    }
    return Optional.of(
        new BackendTLSPolicyBuilder()
            .withMetadata(RelayMetadata.of(host, name(host)))
            .withNewSpec()
            .addNewTargetRef()
            .withGroup("")
            .withKind("Service")
            .withName(RelayNames.relay(host))
            .endTargetRef()
            .withNewValidation()
            .addNewCaCertificateRef("", "ConfigMap", RelayNames.caConfigMap(host))
            .withHostname(RelayNames.serviceName(host))
            .endValidation()
            .endSpec()
            .build());
  }
}
