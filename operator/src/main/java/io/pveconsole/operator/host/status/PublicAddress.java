// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.Optional;

/** Where the consoles of a host are served. */
public final class PublicAddress {

  private PublicAddress() {}

  /** Origin and path, without trailing slash; empty when the host names no address. */
  public static Optional<String> of(ProxmoxHost host) {
    var exposure = host.getSpec().exposure();
    return Optional.ofNullable(exposure.origin()).map(origin -> origin + exposure.pathPrefix());
  }
}
