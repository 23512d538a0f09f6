// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import java.util.Optional;

/**
 * The certificate that relays serve themselves. With type None, browsers meet it, so it is the
 * public one; behind a route it is between the route and the relays only.
 */
public sealed interface ServingTls {

  /** The Secret that is mounted; empty for plain HTTP. */
  Optional<String> secret();

  /** No TLS in the relay. */
  record Plain() implements ServingTls {
    @Override
    public Optional<String> secret() {
      return Optional.empty();
    }
  }

  /** Somebody provides the Secret. */
  record Given(String secretName) implements ServingTls {
    @Override
    public Optional<String> secret() {
      return Optional.of(secretName);
    }
  }

  /** cert-manager provides the Secret. */
  record Issued(String secretName) implements ServingTls {
    @Override
    public Optional<String> secret() {
      return Optional.of(secretName);
    }
  }

  /** The operator makes it with a CA of its own. */
  record Own(String secretName) implements ServingTls {
    @Override
    public Optional<String> secret() {
      return Optional.of(secretName);
    }
  }

  /** What the host asks for. */
  static ServingTls of(ProxmoxHost host) {
    Exposure exposure = host.getSpec().exposure();
    if (exposure.type() == ExposureType.None && exposure.tls() != null) {
      String given = exposure.tls().secretName();
      return given == null ? new Issued(RelayNames.servingSecret(host)) : new Given(given);
    }
    return exposure.backendTls() ? new Own(RelayNames.servingSecret(host)) : new Plain();
  }
}
