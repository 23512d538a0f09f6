// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.Optional;

/** What the owned objects of a host are made from. */
public record RelayPlan(ProxmoxHost host, RelayDefaults defaults, RelayFacts facts) {

  String image() {
    String own = host.getSpec().relay().image();
    return own == null ? defaults.image() : own;
  }

  /** The Secret with the certificate that relays serve themselves, if they do. */
  Optional<String> servingSecret() {
    return ServingTls.of(host).secret();
  }

  int publicPort() {
    return servingSecret().isPresent() ? 8443 : 8080;
  }

  String portName() {
    return servingSecret().isPresent() ? "https" : "http";
  }
}
