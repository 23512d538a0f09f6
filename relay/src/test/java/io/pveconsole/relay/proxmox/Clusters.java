// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.pveconsole.simulator.ProxmoxSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Settings for a simulated cluster. */
final class Clusters {

  static final TimeLimits LIMITS =
      new TimeLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3));

  private Clusters() {}

  static List<ProxmoxEndpoint> endpoints(ProxmoxSimulator simulator) {
    return simulator.endpoints().stream().map(e -> ProxmoxEndpoint.of(e.url())).toList();
  }

  static Credentials token(ProxmoxSimulator simulator) {
    return new Credentials.ApiToken(simulator.tokenId(), Secret.of(simulator.tokenSecret()));
  }

  static Credentials user(ProxmoxSimulator simulator) {
    return new Credentials.UserPassword(simulator.username(), Secret.of(simulator.password()));
  }

  static Trust ca(ProxmoxSimulator simulator) {
    return new Trust.CaBundle(simulator.caPem());
  }

  static Trust pins(ProxmoxSimulator simulator) {
    return new Trust.Pinned(
        simulator.endpoints().stream().map(e -> new Fingerprint(e.fingerprint())).toList());
  }

  static ProxmoxSettings settings(
      ProxmoxSimulator simulator, Trust trust, Credentials credentials) {
    return new ProxmoxSettings(endpoints(simulator), trust, null, credentials, LIMITS);
  }

  static ProxmoxSettings only(ProxmoxSettings settings, String url) {
    return new ProxmoxSettings(
        List.of(new ProxmoxEndpoint(URI.create(url), null, List.of())),
        settings.trust(),
        settings.serverName(),
        settings.credentials(),
        settings.limits());
  }
}
