// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.operator.host.relay.OptionalApi;
import io.pveconsole.operator.host.relay.ServingTls;
import io.pveconsole.operator.status.Finding;
import java.util.Optional;
import java.util.Set;

/** What the host asks for and the cluster does not serve; it is noticed when it comes. */
final class MissingApi {

  private MissingApi() {}

  static Optional<Finding> of(ProxmoxHost host, Set<OptionalApi> apis) {
    var exposure = host.getSpec().exposure();
    boolean route = exposure.type() == ExposureType.HTTPRoute;
    if (route && !apis.contains(OptionalApi.HTTP_ROUTE)) {
      return no(
          HostReason.GatewayApiAbsent,
          "The cluster does not serve HTTPRoute of gateway.networking.k8s.io/v1. Install the"
              + " Gateway API, or set exposure.type to Ingress.");
    }
    if (route
        && ServingTls.of(host) instanceof ServingTls.Own
        && !apis.contains(OptionalApi.BACKEND_TLS_POLICY)) {
      return no(
          HostReason.BackendTLSUnsupported,
          "The cluster does not serve BackendTLSPolicy of gateway.networking.k8s.io/v1, so a"
              + " Gateway cannot speak TLS to relays. Install Gateway API 1.4 or newer, or set"
              + " exposure.backendTls to false.");
    }
    if (exposure.tls() != null
        && exposure.tls().issuerRef() != null
        && !apis.contains(OptionalApi.CERTIFICATE)) {
      return no(
          HostReason.CertManagerAbsent,
          "The cluster does not serve Certificate of cert-manager.io/v1. Install cert-manager, or"
              + " give exposure.tls.secretName in place of issuerRef.");
    }
    return Optional.empty();
  }

  private static Optional<Finding> no(HostReason reason, String message) {
    return Optional.of(Finding.no(RouteCondition.TYPE, reason, message));
  }
}
