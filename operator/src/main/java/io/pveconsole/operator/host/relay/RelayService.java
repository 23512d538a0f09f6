// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Optional;

/** The address of a host's relays inside the cluster; the management port is not behind it. */
final class RelayService implements OwnedObject<Service> {

  static int port(RelayPlan plan) {
    return plan.servingSecret().isPresent() ? 443 : 80;
  }

  @Override
  public Class<Service> type() {
    return Service.class;
  }

  @Override
  public Optional<Service> desired(RelayPlan plan) {
    var annotations = plan.host().getSpec().exposure().serviceAnnotations();
    return Optional.of(
        new ServiceBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name(plan.host()), annotations))
            .withNewSpec()
            .withType("ClusterIP")
            .withSelector(RelayMetadata.selector(plan.host()))
            .addNewPort()
            .withName(plan.portName())
            .withPort(port(plan))
            .withProtocol("TCP")
            .withAppProtocol(plan.servingSecret().isPresent() ? "https" : null)
            .withTargetPort(new IntOrString(RelayNames.PUBLIC_PORT))
            .endPort()
            .endSpec()
            .build());
  }
}
