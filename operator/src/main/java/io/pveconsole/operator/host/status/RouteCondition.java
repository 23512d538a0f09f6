// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.operator.certmanager.Certificate;
import io.pveconsole.operator.host.relay.RelayNames;
import io.pveconsole.operator.host.relay.ServingTls;
import io.pveconsole.operator.status.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** RouteReady: browsers can be sent to the relays. */
final class RouteCondition {

  static final String TYPE = "RouteReady";

  private RouteCondition() {}

  static Finding of(ProxmoxHost host, RouteFacts facts) {
    return obstacle(host, facts)
        .or(() -> MissingApi.of(host, facts.apis()))
        .or(() -> certificatePending(host, facts))
        .or(() -> objection(host, facts))
        .orElseGet(() -> made(host));
  }

  private static Optional<Finding> obstacle(ProxmoxHost host, RouteFacts facts) {
    if (facts.conflict().isPresent()) {
      return Optional.of(
          Finding.no(
              TYPE,
              HostReason.HostnameConflict,
              "The ProxmoxHost "
                  + facts.conflict().get()
                  + " has this public address, or one above or below it. Give this one another"
                  + " exposure.hostname or, in the same namespace, another exposure.path."));
    }
    if (PublicAddress.of(host).isEmpty()) {
      return Optional.of(
          Finding.no(
              TYPE,
              HostReason.NoPublicUrl,
              "Set spec.exposure.publicUrl to the address that browsers use, or exposure.type to"
                  + " Ingress with a hostname."));
    }
    return Optional.empty();
  }

  private static Optional<Finding> certificatePending(ProxmoxHost host, RouteFacts facts) {
    var tls = host.getSpec().exposure().tls();
    if (tls == null || tls.issuerRef() == null) {
      return Optional.empty();
    }
    var conditions =
        facts
            .certificate()
            .map(Certificate::getStatus)
            .map(status -> status.conditions())
            .filter(Objects::nonNull)
            .orElse(List.of());
    var ready = conditions.stream().filter(c -> c.getType().equals("Ready")).findFirst();
    if (ready.filter(c -> c.getStatus().equals("True")).isPresent()) {
      return Optional.empty();
    }
    String says = ready.map(c -> " It says: " + c.getMessage()).orElse("");
    return Optional.of(
        Finding.no(
            TYPE,
            HostReason.CertificateNotReady,
            "cert-manager has not made the certificate yet. See: kubectl -n "
                + host.getMetadata().getNamespace()
                + " describe certificate "
                + RelayNames.relay(host)
                + "."
                + says));
  }

  private static Optional<Finding> objection(ProxmoxHost host, RouteFacts facts) {
    return host.getSpec().exposure().type() == ExposureType.HTTPRoute
        ? RouteAcceptance.objection(facts.httpRoute())
        : Optional.empty();
  }

  private static Finding made(ProxmoxHost host) {
    boolean own = ServingTls.of(host) instanceof ServingTls.Own;
    String ca = RelayNames.caConfigMap(host);
    return switch (host.getSpec().exposure().type()) {
      case Ingress ->
          Finding.yes(
              TYPE,
              HostReason.Applied,
              own
                  ? "The Ingress was made. Relays serve TLS with a self-signed CA, which is in"
                      + " ConfigMap "
                      + ca
                      + ": have the Ingress controller trust it."
                  : "The Ingress was made.");
      case HTTPRoute ->
          Finding.yes(TYPE, HostReason.Accepted, "A Gateway has taken the HTTPRoute.");
      case None ->
          own
              ? Finding.yes(
                  TYPE,
                  HostReason.SelfSignedCertificate,
                  "Relays serve a certificate of a self-signed CA, which is in ConfigMap "
                      + ca
                      + ". Browsers that meet it warn: give exposure.tls a Secret or an issuer.")
              : Finding.yes(TYPE, HostReason.NotManaged, "publicUrl is served from elsewhere.");
    };
  }
}
