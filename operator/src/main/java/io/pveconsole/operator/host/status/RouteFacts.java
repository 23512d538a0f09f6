// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.pveconsole.operator.certmanager.Certificate;
import io.pveconsole.operator.host.relay.OptionalApi;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass has found out about the way to the relays.
 *
 * @param conflict the older host with the same public address, as namespace/name
 * @param apis kinds that the cluster serves beside its own
 */
public record RouteFacts(
    Optional<String> conflict,
    Set<OptionalApi> apis,
    Optional<HTTPRoute> httpRoute,
    Optional<Certificate> certificate) {

  /** Takes a defensive copy. */
  public RouteFacts {
    apis = Set.copyOf(apis);
  }
}
