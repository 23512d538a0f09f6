// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import static io.pveconsole.operator.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.DoctorStep;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.host.RelayEndpointStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Finding;
import io.pveconsole.operator.testing.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostStatusBuilderTest {

  private static final String URL = "https://192.0.2.7:8006";
  private static final Finding ADMISSION =
      Finding.unknown("AdmissionEnforced", HostReason.PoliciesUnknown, "-");

  private static RelayStatus relay(String pod, DoctorStep step, String reason) {
    return new RelayStatus(
        pod, "key", "9.0", List.of(new RelayEndpointStatus(URL, step, reason, "do that", null)));
  }

  private static ProxmoxHost host(RelayStatus... relays) {
    ProxmoxHost host = Samples.host("pve");
    host.setStatus(new ProxmoxHostStatus(1L, null, null, null, null, null, Arrays.asList(relays)));
    return host;
  }

  private static Deployment deployment(long generation, long observed, int available) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withGeneration(generation)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(observed)
        .withAvailableReplicas(available)
        .endStatus()
        .build();
  }

  private static RouteFacts route(Optional<String> conflict) {
    return new RouteFacts(conflict, Set.of(), Optional.empty(), Optional.empty());
  }

  private static ProxmoxHostStatus build(ProxmoxHost host, Deployment deployment) {
    return HostStatusBuilder.build(
        new HostFacts(
            host,
            Optional.ofNullable(deployment),
            List.of(),
            route(Optional.empty()),
            List.of("in from any address"),
            ADMISSION,
            4),
        NOW);
  }

  private static Condition condition(ProxmoxHostStatus status, String type) {
    return Conditions.find(status.conditions(), type).orElseThrow();
  }

  @Test
  void aHostWithRelayAndReportIsReady() {
    ProxmoxHostStatus status = build(host(relay("a", null, null)), deployment(1, 1, 1));
    assertThat(condition(status, "Ready").status()).isEqualTo("True");
    assertThat(condition(status, "RelayAvailable").message()).contains("in from any address");
    assertThat(status.url()).isEqualTo("https://pve.example.com");
    assertThat(status.version()).isEqualTo("9.0");
    assertThat(status.activeSessions()).isEqualTo(4);
    assertThat(status.endpoints())
        .singleElement()
        .matches(e -> e.reachable() && e.reason() == null);
    assertThat(status.relays()).as("relays[] belongs to the pods").isNull();
  }

  @Test
  void withoutRelayItIsNotReadyForThatReason() {
    ProxmoxHostStatus status = build(host(), null);
    assertThat(condition(status, "Ready").reason()).isEqualTo("RelayUnavailable");
    assertThat(condition(status, "Ready").message()).contains("kubectl -n consoles describe");
    assertThat(condition(status, "Reachable").status()).isEqualTo("Unknown");
  }

  @Test
  void aCertificateThatRelaysCannotUseIsNamed() {
    RelayStatus troubled =
        new RelayStatus("a", "key", "9.0", List.of(), "The key does not fit. Give another.");
    Condition closed = condition(build(host(troubled), deployment(1, 1, 0)), "RelayAvailable");
    assertThat(closed.status()).isEqualTo("False");
    assertThat(closed.reason()).isEqualTo("CertificateUnusable");
    assertThat(closed.message()).isEqualTo("The key does not fit. Give another.");

    Condition open = condition(build(host(troubled), deployment(1, 1, 1)), "RelayAvailable");
    assertThat(open.status()).as("the certificate before is shown on").isEqualTo("True");
    assertThat(open.message()).contains("is not shown. The key does not fit. Give another.");
  }

  @Test
  void aDeploymentWhoseStatusIsBehindChangesNothing() {
    ProxmoxHost fresh = host(relay("a", null, null));
    assertThat(condition(build(fresh, deployment(2, 1, 1)), "RelayAvailable").status())
        .as("never seen available")
        .isEqualTo("False");

    ProxmoxHost known = Samples.readyHost("pve");
    assertThat(condition(build(known, deployment(2, 1, 1)), "RelayAvailable").status())
        .isEqualTo("True");
  }

  @Test
  void anUntrustedCertificateIsSaidWithTheRelaysCure() {
    ProxmoxHostStatus status =
        build(host(relay("a", DoctorStep.tls, "CertificateUntrusted")), deployment(1, 1, 1));
    assertThat(condition(status, "Reachable").status()).isEqualTo("True");
    assertThat(condition(status, "TLSTrusted").reason()).isEqualTo("CertificateUntrusted");
    assertThat(condition(status, "TLSTrusted").message()).isEqualTo(URL + ": do that");
    assertThat(condition(status, "CredentialsValid").status()).isEqualTo("Unknown");
    assertThat(condition(status, "Ready").reason()).isEqualTo("CertificateUntrusted");
    assertThat(status.endpoints().get(0).reason()).isEqualTo("CertificateUntrusted");
  }

  @Test
  void theBestReportCounts() {
    ProxmoxHostStatus status =
        build(
            host(relay("a", DoctorStep.tcp, "Unreachable"), relay("b", null, null)),
            deployment(1, 1, 2));
    assertThat(condition(status, "Ready").status()).isEqualTo("True");
  }

  @Test
  void missingCredentialsSayNothingOfTheNetwork() {
    ProxmoxHostStatus status =
        build(host(relay("a", DoctorStep.auth, "CredentialsMissing")), deployment(1, 1, 1));
    assertThat(condition(status, "CredentialsValid").status()).isEqualTo("False");
    assertThat(condition(status, "Reachable").status()).isEqualTo("Unknown");
  }

  @Test
  void aReasonThatNobodyKnowsIsKeptInTheMessageOnly() {
    ProxmoxHostStatus status =
        build(host(relay("a", DoctorStep.auth, "Invented")), deployment(1, 1, 1));
    assertThat(condition(status, "CredentialsValid").reason()).isEqualTo("RelayReport");
  }

  @Test
  void suspendedConflictingAndForeign() {
    ProxmoxHost suspended = Samples.host("pve", "suspend: true");
    assertThat(condition(build(suspended, null), "Ready").reason()).isEqualTo("Suspended");

    ProxmoxHostStatus conflict =
        HostStatusBuilder.build(
            new HostFacts(
                host(),
                Optional.of(deployment(1, 1, 1)),
                List.of(),
                route(Optional.of("a/older")),
                List.of(),
                ADMISSION,
                0),
            NOW);
    assertThat(condition(conflict, "RouteReady").reason()).isEqualTo("HostnameConflict");
    assertThat(condition(conflict, "RouteReady").message()).contains("a/older");
    assertThat(conflict.url()).as("links would lead to the other").isNull();

    ProxmoxHostStatus foreign =
        HostStatusBuilder.build(
            new HostFacts(
                host(),
                Optional.of(deployment(1, 1, 1)),
                List.of("Service/pve-relay"),
                route(Optional.empty()),
                List.of(),
                ADMISSION,
                0),
            NOW);
    assertThat(condition(foreign, "Ready").reason()).isEqualTo("NameTaken");
  }

  @Test
  void aHostWithoutAddressSaysHowToGiveOne() {
    ProxmoxHost host = Samples.host("pve");
    ProxmoxHost bare = Samples.copy(host);
    bare.setSpec(
        new ProxmoxHostSpec(
            host.getSpec().endpoints(),
            host.getSpec().credentials(),
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    ProxmoxHostStatus status = build(bare, deployment(1, 1, 1));
    assertThat(status.url()).isNull();
    assertThat(condition(status, "RouteReady").reason()).isEqualTo("NoPublicUrl");
  }
}
