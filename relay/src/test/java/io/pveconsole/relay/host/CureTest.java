// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.relay.proxmox.Certificate;
import io.pveconsole.relay.proxmox.ConnectFailure;
import io.pveconsole.relay.proxmox.Fingerprint;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.pveconsole.relay.proxmox.ServiceFailure;
import io.pveconsole.relay.proxmox.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command that an administrator is given. */
class CureTest {

  private static final Fingerprint SEEN = new Fingerprint("ab".repeat(32));
  private static final String OTHER = "CD".repeat(32);

  private static ProxmoxFailure untrusted() {
    return new ConnectFailure.UntrustedCertificate(
        "a.example.com:8006",
        new Certificate(SEEN, "CN=a", Instant.parse("2027-01-01T00:00:00Z")),
        ConnectFailure.UntrustedCertificate.Cause.UNKNOWN_AUTHORITY);
  }

  private static ProxmoxHost host(HostTls tls, HostEndpoint... endpoints) {
    return Hosts.of("https://console.example.com", List.of(endpoints), tls);
  }

  private static HostEndpoint endpoint(String name, String... pins) {
    return new HostEndpoint(
        "https://" + name + ":8006", null, pins.length == 0 ? null : List.of(pins));
  }

  @Test
  void pinsTheCertificateThatWasSeen() {
    assertThat(Cure.of(host(null, endpoint("a.example.com")), untrusted()))
        .endsWith(
            "kubectl patch proxmoxhost pve7 -n consoles --type merge -p"
                + " '{\"spec\":{\"tls\":{\"caRef\":null,\"fingerprints\":[\""
                + SEEN
                + "\"]}}}'");
  }

  @Test
  void addsToThePinsThatAreThere() {
    assertThat(
            Cure.of(
                host(new HostTls(null, List.of(OTHER), null), endpoint("a.example.com")),
                untrusted()))
        .contains("\"path\":\"/spec/tls/fingerprints/-\"");
  }

  @Test
  void pinsEachOfSeveralEndpointsByItself() {
    assertThat(
            Cure.of(host(null, endpoint("b.example.com"), endpoint("a.example.com")), untrusted()))
        .contains("\"path\":\"/spec/endpoints/1/fingerprints\",\"value\":[\"" + SEEN);
    assertThat(
            Cure.of(
                host(null, endpoint("b.example.com"), endpoint("a.example.com", OTHER)),
                untrusted()))
        .contains("\"path\":\"/spec/endpoints/1/fingerprints/-\"");
  }

  @Test
  void isNeverTooLongForTheField() {
    String text = "x".repeat(3000);

    assertThat(
            Cure.of(
                host(null, endpoint("a.example.com")),
                new ServiceFailure.ProtocolError(Step.AUTH, text)))
        .hasSize(1024);
  }
}
