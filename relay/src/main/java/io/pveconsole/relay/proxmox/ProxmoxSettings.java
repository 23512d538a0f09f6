// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client must know of one Proxmox cluster.
 *
 * @param endpoints 1..16 nodes or front ends of one cluster, all equal in rank
 * @param serverName name to send and to check in TLS instead of the URL's; null for the URL's
 */
public record ProxmoxSettings(
    List<ProxmoxEndpoint> endpoints,
    Trust trust,
    @Nullable String serverName,
    Credentials credentials,
    TimeLimits limits) {

  private static final int MAX_ENDPOINTS = 16;

  public ProxmoxSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty() || endpoints.size() > MAX_ENDPOINTS) {
      throw new IllegalArgumentException("1 to 16 endpoints, not " + endpoints.size());
    }
  }

  /** The trust that holds for an endpoint. */
  Trust trustOf(ProxmoxEndpoint endpoint) {
    return endpoint.fingerprints().isEmpty() ? trust : new Trust.Pinned(endpoint.fingerprints());
  }

  /** The name that TLS sends and checks for an endpoint. */
  String tlsNameOf(ProxmoxEndpoint endpoint) {
    if (endpoint.serverName() != null) {
      return endpoint.serverName();
    }
    return serverName != null ? serverName : endpoint.host();
  }
}
