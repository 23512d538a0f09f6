// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.simulator.fault.Fault;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one look at an endpoint tells, in good and in bad days. */
class SimulatorProbeTest extends SimulatorTestBase {

  @Test
  void seesAllStepsCertificateAndVersion() {
    Probe probe = probe(byPassword());

    assertThat(probe.failure()).isEmpty();
    assertThat(probe.steps())
        .extracting(StepEvent::step)
        .containsExactly(Step.DNS, Step.TCP, Step.TLS, Step.AUTH, Step.PRIVILEGE);
    assertThat(probe.steps()).extracting(StepEvent::took).doesNotContainNull();
    assertThat(probe.address()).isEqualTo("127.0.0.1");
    assertThat(probe.certificate().fingerprint().text())
        .isEqualTo(simulator.endpoint("pve1").fingerprint());
    assertThat(probe.version().version()).matches("\\d+\\.\\d+.*");
    assertThat(probe.node()).isNull();
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void showsTheCertificateThatIsNotTrusted(TlsEngine engine) {
    for (Trust trust :
        List.of(
            new Trust.SystemCas(), new Trust.Pinned(List.of(new Fingerprint("00".repeat(32)))))) {
      ProxmoxSettings settings = Clusters.settings(simulator, trust, Clusters.token(simulator));
      ProxmoxClient client = ProxmoxClient.create(vertx, settings, clock, engine);

      Probe probe = Await.value(client.probe(settings.endpoints().get(0)));

      assertThat(probe.failure()).containsInstanceOf(ConnectFailure.UntrustedCertificate.class);
      assertThat(probe.certificate().fingerprint().text())
          .isEqualTo(simulator.endpoint("pve1").fingerprint());
      assertThat(probe.certificate().subject()).contains("pve1");
      assertThat(probe.failure().orElseThrow().adminMessage())
          .contains(simulator.endpoint("pve1").fingerprint());
      assertThat(probe.version()).isNull();
      assertThat(probe.steps())
          .extracting(StepEvent::step)
          .containsExactly(Step.DNS, Step.TCP, Step.TLS);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void checksTheNameUnlessToldAnother(TlsEngine engine) {
    String url = simulator.endpoint("pve1").url();
    ProxmoxEndpoint wrong =
        new ProxmoxEndpoint(URI.create(url), "pve9.simulator.invalid", List.of());
    ProxmoxEndpoint right =
        new ProxmoxEndpoint(URI.create(url), "pve1.simulator.invalid", List.of());
    ProxmoxClient client = ProxmoxClient.create(vertx, byToken(), clock, engine);

    assertThat(cause(Await.value(client.probe(wrong))))
        .isEqualTo(ConnectFailure.UntrustedCertificate.Cause.OTHER_NAME);
    assertThat(Await.value(client.probe(right)).failure()).isEmpty();
  }

  @Test
  void letsAnEndpointsFingerprintsOverrideTheTrust() {
    String url = simulator.endpoint("pve1").url();
    Fingerprint seen = new Fingerprint(simulator.endpoint("pve1").fingerprint());
    ProxmoxClient client =
        client(Clusters.settings(simulator, new Trust.SystemCas(), Clusters.token(simulator)));

    assertThat(
            Await.value(
                    client.probe(
                        new ProxmoxEndpoint(URI.create(url), "elsewhere.invalid", List.of(seen))))
                .failure())
        .isEmpty();
  }

  @Test
  void noticesACertificateOfAnotherAuthority() {
    ProxmoxClient client = client(byToken());
    simulator.faults().on(Fault.CERTIFICATE_SWAP, "foreign");

    assertThat(cause(Await.value(client.probe(byToken().endpoints().get(0)))))
        .isEqualTo(ConnectFailure.UntrustedCertificate.Cause.UNKNOWN_AUTHORITY);
  }

  @Test
  void saysWhatTheAccountLacks() {
    assertThat(probe(as("auditor@pve")).failure().orElseThrow())
        .isInstanceOfSatisfying(
            AccessFailure.MissingPrivilege.class,
            lacking -> assertThat(lacking.privilege()).isEqualTo("VM.Console"));
    assertThat(probe(as("tfa@pve")).failure())
        .containsInstanceOf(AccessFailure.SecondFactorNeeded.class);
    assertThat(probe(as("nobody@pve")).failure())
        .containsInstanceOf(AccessFailure.LoginRefused.class);
    assertThat(
            probe(
                    as(
                        new Credentials.ApiToken(
                            simulator.username() + "!bare", Secret.of(simulator.tokenSecret()))))
                .failure())
        .containsInstanceOf(AccessFailure.MissingPrivilege.class);
    assertThat(
            probe(as(new Credentials.ApiToken(simulator.tokenId(), Secret.of("wrong")))).failure())
        .containsInstanceOf(AccessFailure.LoginRefused.class);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void tellsRefusedDeniedAndSilentApart(TlsEngine engine) {
    ProxmoxClient client = ProxmoxClient.create(vertx, byToken(), clock, engine);
    ProxmoxEndpoint endpoint = byToken().endpoints().get(0);

    simulator.faults().on(Fault.DENY_CONNECTIONS);
    ProxmoxFailure denied = Await.value(client.probe(endpoint)).failure().orElseThrow();
    simulator.faults().clear();
    simulator.faults().on(Fault.HANG_AFTER_TLS);
    ProxmoxFailure silent = Await.value(client.probe(endpoint)).failure().orElseThrow();
    simulator.faults().clear();
    simulator.faults().on(Fault.REFUSE_CONNECTIONS);
    ProxmoxFailure refused = Await.value(client.probe(endpoint)).failure().orElseThrow();

    assertThat(denied).isInstanceOf(ConnectFailure.Unreachable.class);
    assertThat(denied.step()).isEqualTo(Step.TLS);
    assertThat(denied.adminMessage()).contains("ALLOW_FROM");
    assertThat(silent).isInstanceOf(ServiceFailure.TimedOut.class);
    assertThat(silent.step()).isEqualTo(Step.AUTH);
    assertThat(refused).isInstanceOf(ConnectFailure.Unreachable.class);
    assertThat(refused.step()).isEqualTo(Step.TCP);
  }

  @Test
  void saysThatANameHasNoAddress() {
    ProxmoxFailure failure =
        Await.value(client(byToken()).probe(ProxmoxEndpoint.of("https://no-such.invalid:8006")))
            .failure()
            .orElseThrow();

    assertThat(failure).isEqualTo(new ConnectFailure.NameNotFound("no-such.invalid"));
  }

  private static ConnectFailure.UntrustedCertificate.Cause cause(Probe probe) {
    return ((ConnectFailure.UntrustedCertificate) probe.failure().orElseThrow()).cause();
  }

  private Probe probe(ProxmoxSettings settings) {
    return Await.value(client(settings).probe(settings.endpoints().get(0)));
  }
}
