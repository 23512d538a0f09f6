// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.operator.host.status.PublicAddress;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose a public address is. Within a namespace two hosts may not have the same one; hosts of
 * different namespaces may not have one below the other's either, since the longer path wins in
 * most controllers, and would be sent the links of the other's people.
 */
final class AddressClaims {

  /** Who serves an address goes on doing so; of new ones the older host does. */
  private static final Comparator<ProxmoxHost> PRECEDENCE =
      Comparator.comparing(AddressClaims::serves, Comparator.reverseOrder())
          .thenComparing(
              host -> Objects.requireNonNullElse(host.getMetadata().getCreationTimestamp(), ""))
          .thenComparing(host -> host.getMetadata().getUid());

  private AddressClaims() {}

  /** The host that has the address which this one wants. */
  static Optional<ProxmoxHost> holder(ProxmoxHost host, Stream<ProxmoxHost> all) {
    return all.filter(other -> !uid(other).equals(uid(host)))
        .filter(other -> collide(host, other) && PRECEDENCE.compare(other, host) < 0)
        .findFirst();
  }

  private static boolean collide(ProxmoxHost one, ProxmoxHost other) {
    if (Collections.disjoint(origins(one), origins(other))) {
      return false;
    }
    String path = one.getSpec().exposure().pathPrefix() + "/";
    String otherPath = other.getSpec().exposure().pathPrefix() + "/";
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
        ? path.equals(otherPath)
        : path.startsWith(otherPath) || otherPath.startsWith(path);
  }

  /** What browsers use, and what the route takes: they differ behind another proxy. */
  private static Set<String> origins(ProxmoxHost host) {
    Exposure exposure = host.getSpec().exposure();
    Set<String> origins = new HashSet<>();
    if (exposure.origin() != null) {
      origins.add(exposure.origin());
    }
    if (exposure.type() != ExposureType.None) {
      origins.add("https://" + exposure.hostname());
    }
    return origins;
  }

  /**
   * Whether the operator has given it the address that it wants now. A route's own name is not in
   * the status, so a host with two addresses is told from others by its age only.
   */
  private static boolean serves(ProxmoxHost host) {
    return host.getStatus() != null
        && host.getStatus().url() != null
        && PublicAddress.of(host).filter(host.getStatus().url()::equals).isPresent()
        && origins(host).size() == 1;
  }

  private static String uid(ProxmoxHost host) {
    return host.getMetadata().getUid();
  }
}
