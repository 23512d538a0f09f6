// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import java.util.Set;

/**
 * What owned objects depend on beside the host itself.
 *
 * @param apis those that the cluster serves
 * @param deployment the relays' Deployment as it is
 * @param caBundle PEM of the operator's own CA for this host, where it has one
 * @param routed false while the public address belongs to an older host
 */
public record RelayFacts(
    Set<OptionalApi> apis,
    Optional<Deployment> deployment,
    Optional<String> caBundle,
    boolean routed) {

  /** Takes a defensive copy. */
  public RelayFacts {
    apis = Set.copyOf(apis);
  }
}
