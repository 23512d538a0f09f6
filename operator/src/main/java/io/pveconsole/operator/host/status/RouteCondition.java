// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.operator.status.Finding;

/** RouteReady: browsers can be sent to the relays. */
final class RouteCondition {

  static final String TYPE = "RouteReady";

  private RouteCondition() {}

  static Finding of(HostFacts facts) {
    Exposure exposure = facts.host().getSpec().exposure();
    if (facts.conflict().isPresent()) {
      return Finding.no(
          TYPE,
          HostReason.HostnameConflict,
          "The older ProxmoxHost "
              + facts.conflict().get()
              + " has the same public address. Give this one another exposure.path or hostname.");
    }
    if (PublicAddress.of(facts.host()).isEmpty()) {
      return Finding.no(
          TYPE,
          HostReason.NoPublicUrl,
          "Set spec.exposure.publicUrl to the address that browsers use, or exposure.type to"
              + " Ingress with a hostname.");
    }
    if (exposure.type() == ExposureType.HTTPRoute || exposure.backendTls()) {
      return Finding.no(
          TYPE,
          HostReason.RouteUnsupported,
          "exposure.type HTTPRoute and exposure.backendTls are not served by this version: use type"
              + " Ingress, or type None with a route of your own.");
    }
    return exposure.type() == ExposureType.Ingress
        ? Finding.yes(TYPE, HostReason.Applied, "The Ingress was made.")
        : Finding.yes(TYPE, HostReason.NotManaged, "publicUrl is served from elsewhere.");
  }
}
