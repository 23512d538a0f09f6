// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.relay.web.security.PublicOrigin;
import io.pveconsole.relay.web.security.SecurityHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the host's consoles look from outside: all that a request is judged by. */
record PublicFace(PublicOrigin origin, Map<String, String> headers, List<Cidr> trustedProxies) {

  /** Empty while the host has no public address that can be used. */
  static Optional<PublicFace> of(ProxmoxHost host) {
    Exposure exposure = host.getSpec().exposure();
    if (exposure.origin() == null) {
      return Optional.empty();
    }
    try {
      PublicOrigin origin = PublicOrigin.of(exposure.origin(), exposure.pathPrefix());
      return Optional.of(
          new PublicFace(
              origin,
              SecurityHeaders.of(origin, orEmpty(exposure.frameAncestors())),
              orEmpty(exposure.trustedProxies()).stream()
                  .flatMap(text -> Cidr.parse(text).stream())
                  .toList()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }
}
