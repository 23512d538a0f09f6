// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import java.util.Optional;

/**
 * What the owned objects of a host are made from.
 *
 * @param defaultImage image of relays whose host names none
 */
public record RelayPlan(ProxmoxHost host, String defaultImage) {

  String image() {
    String own = host.getSpec().relay().image();
    return own == null ? defaultImage : own;
  }

  /** The Secret with the certificate that relays serve themselves, if they do. */
  Optional<String> servingSecret() {
    var exposure = host.getSpec().exposure();
    if (exposure.backendTls()) {
      return Optional.of(RelayNames.servingSecret(host));
    }
    if (exposure.type() == ExposureType.None && exposure.tls() != null) {
      return Optional.of(
          Optional.ofNullable(exposure.tls().secretName())
              .orElseGet(() -> RelayNames.servingSecret(host)));
    }
    return Optional.empty();
  }

  int publicPort() {
    return servingSecret().isPresent() ? 8443 : 8080;
  }

  String portName() {
    return servingSecret().isPresent() ? "https" : "http";
  }

  int replicas() {
    var relay = host.getSpec().relay();
    if (host.getSpec().suspend()) {
      return 0;
    }
    return relay.autoscaling() == null ? relay.replicas() : relay.autoscaling().minReplicas();
  }
}
