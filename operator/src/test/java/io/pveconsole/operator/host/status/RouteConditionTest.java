// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.certmanager.Certificate;
import io.pveconsole.operator.certmanager.CertificateStatus;
import io.pveconsole.operator.host.relay.OptionalApi;
import io.pveconsole.operator.status.ConditionStatus;
import io.pveconsole.operator.status.Finding;
import io.pveconsole.operator.testing.Samples;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteConditionTest {

  private static final String ROUTE =
      "type: HTTPRoute\nhostname: c.example.com\nhttpRoute: {parentRefs: [{name: public}]}";
  private static final String ISSUER =
      "type: Ingress\nhostname: c.example.com\ntls: {issuerRef: {name: internal}}";
  private static final Set<OptionalApi> ALL = EnumSet.allOf(OptionalApi.class);

  private static Finding find(
      String exposure, Set<OptionalApi> apis, HTTPRoute route, Certificate certificate) {
    ProxmoxHost host = Samples.withExposure(Samples.host("pve"), exposure);
    return RouteCondition.of(
        host,
        new RouteFacts(
            Optional.empty(), apis, Optional.ofNullable(route), Optional.ofNullable(certificate)));
  }

  private static Finding find(String exposure, Set<OptionalApi> apis) {
    return find(exposure, apis, null, null);
  }

  private static HTTPRoute answered(String... accepted) {
    var status = new HTTPRouteBuilder().withNewStatus();
    for (String answer : accepted) {
      status
          .addNewParent()
          .withNewParentRef()
          .withName("public")
          .endParentRef()
          .withConditions(
              new ConditionBuilder()
                  .withType("Accepted")
                  .withStatus(answer)
                  .withReason("NoMatchingParent")
                  .withMessage("no such listener")
                  .build())
          .endParent();
    }
    return status.endStatus().build();
  }

  private static Certificate certificate(String ready) {
    Certificate certificate = new Certificate();
    certificate.setStatus(
        new CertificateStatus(
            List.of(
                new ConditionBuilder()
                    .withType("Ready")
                    .withStatus(ready)
                    .withMessage("waiting for DNS")
                    .build())));
    return certificate;
  }

  private static void assertFinding(Finding found, ConditionStatus status, HostReason reason) {
    assertThat(found.status()).isEqualTo(status);
    assertThat(found.reason()).isEqualTo(reason);
  }

  @Test
  void anAbsentApiIsNamedWithItsCure() {
    Finding route = find(ROUTE, Set.of());
    assertFinding(route, ConditionStatus.False, HostReason.GatewayApiAbsent);
    assertThat(route.message()).contains("gateway.networking.k8s.io/v1").contains("Install");

    Finding backend = find(ROUTE + "\nbackendTls: true", EnumSet.of(OptionalApi.HTTP_ROUTE));
    assertFinding(backend, ConditionStatus.False, HostReason.BackendTLSUnsupported);
    assertThat(backend.message()).contains("1.4");

    Finding issuer = find(ISSUER, EnumSet.of(OptionalApi.HTTP_ROUTE));
    assertFinding(issuer, ConditionStatus.False, HostReason.CertManagerAbsent);
    assertThat(issuer.message()).contains("Install cert-manager");
  }

  @Test
  void anHttpRouteIsReadyWhenAGatewayHasTakenIt() {
    assertFinding(find(ROUTE, ALL), ConditionStatus.Unknown, HostReason.RoutePending);
    assertFinding(
        find(ROUTE, ALL, answered(), null), ConditionStatus.Unknown, HostReason.RoutePending);
    Finding refused = find(ROUTE, ALL, answered("False", "False"), null);
    assertFinding(refused, ConditionStatus.False, HostReason.RouteNotAccepted);
    assertThat(refused.message()).contains("Gateway public").contains("no such listener");
    assertFinding(
        find(ROUTE, ALL, answered("False", "True"), null),
        ConditionStatus.True,
        HostReason.Accepted);
  }

  @Test
  void anIssuersCertificateMustBeThere() {
    assertFinding(find(ISSUER, ALL), ConditionStatus.False, HostReason.CertificateNotReady);
    Finding pending = find(ISSUER, ALL, null, certificate("False"));
    assertFinding(pending, ConditionStatus.False, HostReason.CertificateNotReady);
    assertThat(pending.message())
        .contains("kubectl -n consoles describe certificate pve-relay")
        .contains("waiting for DNS");
    assertFinding(
        find(ISSUER, ALL, null, certificate("True")), ConditionStatus.True, HostReason.Applied);
  }

  @Test
  void aCertificateOfOurOwnIsFlagged() {
    Finding alone = find("publicUrl: https://c.example.com\nbackendTls: true", Set.of());
    assertFinding(alone, ConditionStatus.True, HostReason.SelfSignedCertificate);
    assertThat(alone.message()).contains("ConfigMap pve-relay-ca");
    Finding behind = find("type: Ingress\nhostname: c.example.com\nbackendTls: true", Set.of());
    assertFinding(behind, ConditionStatus.True, HostReason.Applied);
    assertThat(behind.message()).contains("self-signed").contains("pve-relay-ca");
    assertThat(find("type: Ingress\nhostname: c.example.com", Set.of()).message())
        .doesNotContain("self-signed");
  }
}
