// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.simulator.Endpoint;
import io.pveconsole.simulator.SimulatorConfig;
import io.pveconsole.simulator.Timings;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ends a console is named, and the console comes back while its user only watches. The first
 * new try waits 1 to 3 s, as the page's does; the bounds leave room for a busy machine.
 */
class HealingTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int VMID = 100;

  @TempDir static Path directory;
  private static RunningRelay relay;

  @BeforeAll
  static void start() {
    relay =
        new RunningRelay(
            directory,
            true,
            RunningRelay.Setup.usual()
                .with(
                    SimulatorConfig.builder()
                        .timings(Timings.proxmox().withUnauthorizedDelay(Duration.ofMillis(200)))
                        .build()));
  }

  @AfterAll
  static void stop() {
    relay.close();
  }

  @AfterEach
  void repair() {
    relay.simulator.faults().clear();
    relay.simulator.guests().start(VMID);
    relay.simulator.guests().migrate(VMID, "pve1");
    Awaitility.await("no console is left").until(() -> relay.simulator.consoles().isEmpty());
  }

  private String session;

  private Watcher watcher() {
    session = UUID.randomUUID().toString();
    relay.grants.put(Grants.fresh(session, Instant.now()));
    Browser browser = relay.browser(session);
    assertThat(browser.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    return new Watcher(browser);
  }

  private Doctor doctor() {
    return relay.grants.get(session).orElseThrow().status().doctor();
  }

  /** The node over which the console of the present session goes. */
  private static String way() {
    return relay.simulator.consoles().getLast().node();
  }

  private static void healed(String what, Watcher watcher) {
    Duration took = watcher.heals();
    System.out.printf(
        "healed after %s: %.1f s %s%n", what, took.toMillis() / 1000.0, watcher.ends());
    assertThat(took).isLessThan(BOUND);
    watcher.socket().close();
    Awaitility.await("no console is left").until(() -> relay.simulator.consoles().isEmpty());
  }

  @Test
  void aMigration() {
    Watcher watcher = watcher();
    relay.simulator.guests().migrate(VMID, "pve2");
    healed("migration", watcher);
    assertThat(watcher.ends()).containsExactly("4101 TargetMoved");
  }

  @Test
  void aReboot() {
    Watcher watcher = watcher();
    relay.simulator.guests().reboot(VMID);
    healed("reboot", watcher);
    assertThat(watcher.ends()).first().isIn("4101 TargetRestarted", "4102 TargetStopped");
  }

  @Test
  void aResetFromInsideEndsNothing() {
    Watcher watcher = watcher();
    relay.simulator.guests().reset(VMID);
    watcher.socket().type("echo still-open\n");
    Awaitility.await("the same console").until(() -> relay.screen(VMID).contains("still-open"));
    assertThat(watcher.socket().isClosed()).isFalse();
    watcher.socket().close();
  }

  @Test
  void aStopUntilItRunsAgain() {
    Watcher watcher = watcher();
    relay.simulator.guests().stop(VMID);
    Awaitility.await("the doctor").until(() -> "TargetStopped".equals(doctor().reason()));
    assertThat(doctor().message()).contains("qm start 100");
    relay.simulator.guests().start(VMID);
    healed("stop and start", watcher);
    assertThat(watcher.ends()).first().isEqualTo("4102 TargetStopped");
    Awaitility.await("the doctor").until(() -> "Connected".equals(doctor().reason()));
  }

  @Test
  void aRestartOfProxmoxOnAllNodes() {
    Watcher watcher = watcher();
    relay.simulator.restartService("pve1", Duration.ofSeconds(3));
    relay.simulator.restartService("pve2", Duration.ofSeconds(3));
    healed("a restart of Proxmox that takes 3 s", watcher);
    assertThat(watcher.ends()).first().isEqualTo("4101 Unreachable");
  }

  @Test
  void aCutWithoutAReason() {
    Watcher watcher = watcher();
    relay.simulator.cut(way());
    healed("a cut", watcher);
    assertThat(watcher.ends()).containsExactly("4101 ConsoleLost");
  }

  @Test
  void theDeathOfOneEndpoint() {
    for (Fault fault : List.of(Fault.REFUSE_CONNECTIONS, Fault.BLACKHOLE, Fault.HANG_AFTER_TLS)) {
      Watcher watcher = watcher();
      String way = way();
      relay.simulator.faults().on(fault, new Faults.Setting(way, "", -1));
      relay.simulator.cut(way);
      healed("an endpoint's death (" + fault.key() + ")", watcher);
      assertThat(watcher.ends())
          .containsExactly(fault == Fault.HANG_AFTER_TLS ? "4101 ConsoleLost" : "4101 Unreachable");
      relay.simulator.faults().clear();
    }
  }

  @Test
  void aNewCertificateOfTheSameAuthority() {
    Watcher watcher = watcher();
    relay.simulator.faults().on(Fault.CERTIFICATE_SWAP, "leaf");
    assertThat(watcher.socket().isClosed()).isFalse();
    cutAll();
    healed("a certificate's renewal", watcher);
    assertThat(watcher.ends()).containsExactly("4101 ConsoleLost");
  }

  private static void cutAll() {
    relay.simulator.cut("pve1");
    relay.simulator.cut("pve2");
  }

  @Test
  void aForeignCertificateIsReportedUntilItIsGone() {
    Watcher watcher = watcher();
    relay.simulator.faults().on(Fault.CERTIFICATE_SWAP, "foreign");
    cutAll();
    Awaitility.await("the doctor")
        .atMost(BOUND)
        .until(() -> "CertificateUntrusted".equals(doctor().reason()));
    assertThat(doctor().message()).contains("kubectl patch proxmoxhost pve7");
    assertThat(relay.simulator.endpoints())
        .map(Endpoint::fingerprint)
        .anyMatch(seen -> doctor().message().contains(seen));
    relay.simulator.faults().clear();
    healed("a foreign certificate", watcher);
    assertThat(watcher.ends()).first().isEqualTo("4101 CertificateUntrusted");
  }

  @Test
  void aTokenWithAnotherSecret() throws Exception {
    Watcher watcher = watcher();
    relay.simulator.changeTokenSecret(UUID.randomUUID().toString());
    cutAll();
    watcher.awaitEnd();
    assertThat(watcher.ends()).containsExactly("4101 LoginRefused");
    Awaitility.await("the doctor").until(() -> "LoginRefused".equals(doctor().reason()));
    assertThat(doctor().message()).contains("pveum user token list");
    relay.writeCredentials();
    healed("a token's rotation", watcher);
  }

  @Test
  void anotherTokenWhileTheOldOneStillWorks() throws Exception {
    Watcher watcher = watcher();
    String secret = UUID.randomUUID().toString();
    relay.simulator.addToken("relay@pve!next", secret);
    credentials("tokenId", "relay@pve!next", "tokenSecret", secret);
    awaitLogin("relay@pve!next");
    relay.simulator.changeTokenSecret(UUID.randomUUID().toString());
    cutAll();
    healed("a rotation that overlaps", watcher);
    relay.writeCredentials();
    awaitLogin(relay.simulator.tokenId());
    relay.simulator.accounts().remove("relay@pve!next");
  }

  @Test
  void aPasswordAndTicketsThatEnd() throws Exception {
    credentials("username", relay.simulator.username(), "password", relay.simulator.password());
    Files.delete(directory.resolve("credentials").resolve("tokenId"));
    try {
      awaitLogin(relay.simulator.username());
      Watcher watcher = watcher();
      relay.simulator.faults().on(Fault.TICKET_EXPIRED_NOW);
      cutAll();
      healed("the end of all tickets", watcher);

      Watcher another = watcher();
      relay.simulator.changePassword("another");
      relay.simulator.faults().on(Fault.TICKET_EXPIRED_NOW);
      cutAll();
      another.awaitEnd();
      credentials("password", "another");
      healed("a password's change", another);
    } finally {
      relay.writeCredentials();
      awaitLogin(relay.simulator.tokenId());
    }
  }

  /** Waits until the relay has taken over what is mounted. */
  private void awaitLogin(String account) {
    Awaitility.await("the login of " + account)
        .atMost(BOUND)
        .until(
            () -> {
              Watcher probe = watcher();
              String used = relay.simulator.consoles().getLast().authId();
              probe.socket().close();
              return used.equals(account);
            });
  }

  private static void credentials(String... keysAndValues) throws IOException {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Files.writeString(
          directory.resolve("credentials").resolve(keysAndValues[i]), keysAndValues[i + 1]);
    }
  }
}
