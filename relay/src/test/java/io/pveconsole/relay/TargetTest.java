// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.GuestIdentity;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.guest.GuestSpec;
import io.pveconsole.simulator.guest.GuestType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests that are gone, others now, switched off, or have no such console. */
class TargetTest {

  @TempDir static Path directory;
  private static RunningRelay relay;

  private String session;

  @BeforeAll
  static void start() {
    relay = new RunningRelay(directory, true);
  }

  @AfterAll
  static void stop() {
    relay.close();
  }

  @AfterEach
  void repair() {
    relay.simulator.faults().clear();
    relay.simulator.guests().vga(100, null);
    relay.simulator.guests().reboot(100);
  }

  private Browser signedIn(int vmid, ConsoleKind kind) {
    session = UUID.randomUUID().toString();
    relay.grants.put(Grants.of(Grants.fresh(session, Instant.now()), vmid, kind));
    Browser browser = relay.browser(session);
    assertThat(browser.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    return browser;
  }

  private Grant stored() {
    return relay.grants.get(session).orElseThrow();
  }

  private void awaitIdentity() {
    Awaitility.await("the identity").until(() -> stored().status().target() != null);
  }

  private void awaitEnd(TerminationReason reason) {
    Awaitility.await("the end").until(() -> stored().status().ended() != null);
    assertThat(stored().status().ended().reason()).isEqualTo(reason);
  }

  @Test
  void aMachineReplacedWhileOpenIsNeverShown() {
    ConsoleSocket socket = signedIn(101, ConsoleKind.VNC).open();
    socket.handshake();
    awaitIdentity();

    relay.simulator.guests().replace(GuestSpec.vm(101, "db-1", "pve2"));

    assertThat(socket.closeCode()).isEqualTo(4007);
    awaitEnd(TerminationReason.TargetChanged);
    assertThat(stored().status().doctor().message()).contains("Make a new session");
  }

  @Test
  void aContainerReplacedBetweenTwoVisitsIsNeverShown() {
    Browser browser = signedIn(200, ConsoleKind.Terminal);
    ConsoleSocket socket = browser.open();
    socket.control("ready");
    awaitIdentity();
    socket.close();
    relay
        .simulator
        .guests()
        .replace(new GuestSpec(200, "proxy-ct", GuestType.LXC, "pve1", true, false, true));
    int tasks = relay.simulator.tasks().size();

    ConsoleSocket again = browser.open();

    assertThat(again.closeCode()).isEqualTo(4007);
    awaitEnd(TerminationReason.TargetChanged);
    assertThat(relay.simulator.tasks()).as("no console was asked for").hasSize(tasks);
  }

  @Test
  void whatAnotherRelaySawAMomentAgoIsKnownBeforeAConsoleIsAskedFor() {
    Browser browser = signedIn(101, ConsoleKind.VNC);
    GuestIdentity other = new GuestIdentity("db-1", "qemu", "pve2", "another machine");
    relay.grants.overtake(StatusPatch.found(other, null));
    int tasks = relay.simulator.tasks().size();

    assertThat(browser.open().closeCode()).isEqualTo(4007);
    awaitEnd(TerminationReason.TargetChanged);
    assertThat(relay.simulator.tasks()).hasSize(tasks);
  }

  @Test
  void aGuestOfAnotherKindUnderTheNumberIsNeverShown() {
    relay.simulator.guests().add(GuestSpec.vm(300, "mail", "pve1"));
    Browser browser = signedIn(300, ConsoleKind.VNC);
    ConsoleSocket socket = browser.open();
    socket.handshake();
    awaitIdentity();
    socket.close();
    relay
        .simulator
        .guests()
        .replace(new GuestSpec(300, "mail", GuestType.LXC, "pve1", true, false, true));

    assertThat(browser.open().closeCode()).isEqualTo(4007);
    awaitEnd(TerminationReason.TargetChanged);
  }

  private void stoppedSince(long seconds) {
    Doctor now = stored().status().doctor();
    Doctor earlier =
        new Doctor(
            now.step(),
            now.reason(),
            now.message(),
            Instant.now().minusSeconds(seconds).toString());
    Futures.value(relay.grants.patch(stored(), StatusPatch.found(null, earlier)));
  }

  @Test
  void aGuestThatStaysOffEndsTheSessionAfterFiveMinutes() {
    Browser browser = signedIn(103, ConsoleKind.VNC);
    assertThat(browser.open().closeCode()).isEqualTo(4102);
    Awaitility.await("the doctor").until(() -> stored().status().doctor() != null);
    Awaitility.await("it has left").until(() -> stored().status().viewer() == null);
    String first = stored().status().doctor().time();

    assertThat(browser.open().closeCode()).isEqualTo(4102);
    Awaitility.await("it has left").until(() -> stored().status().viewer() == null);
    assertThat(stored().status().doctor().time()).as("the first time stays").isEqualTo(first);

    stoppedSince(280);
    ConsoleSocket late = browser.open();
    assertThat(late.closeCode()).isEqualTo(4102);
    Awaitility.await("it has left").until(() -> stored().status().viewer() == null);
    assertThat(stored().status().ended()).isNull();

    stoppedSince(301);
    ConsoleSocket last = browser.open();
    assertThat(last.closeCode()).isEqualTo(4001);
    assertThat(last.closeReason()).isEqualTo("TargetStopped");
    awaitEnd(TerminationReason.TargetStopped);
  }

  private void refused(int vmid, ConsoleKind kind, String reason, String cure) {
    int tasks = relay.simulator.tasks().size();
    ConsoleSocket socket = signedIn(vmid, kind).open();
    int code = socket.closeCode();

    assertThat(socket.closeReason()).isEqualTo(reason);
    assertThat(code).isIn(4101, 4102);
    Awaitility.await("the doctor").until(() -> stored().status().doctor() != null);
    Doctor doctor = stored().status().doctor();
    assertThat(doctor.reason()).isEqualTo(reason);
    assertThat(doctor.message()).contains(cure);
    assertThat(relay.simulator.tasks()).as("no console was asked for").hasSize(tasks);
    assertThat(socket.controls().toString())
        .contains("\"state\":\"failed\"", "\"reason\":\"" + reason + "\"")
        .doesNotContain("pveum", "pve1", "127.0.0.1", "relay@pve");
  }

  @Test
  void whatCannotBeShownIsRefusedBeforeAConsoleIsAskedFor() {
    refused(900, ConsoleKind.VNC, "TargetIsTemplate", "Open a clone");
    refused(999, ConsoleKind.VNC, "GuestNotFound", "/vms/999");
    refused(103, ConsoleKind.VNC, "TargetStopped", "qm start 103");
    refused(102, ConsoleKind.Terminal, "NoConsole", "qm set 102 --serial0 socket");
    relay.simulator.guests().vga(100, "none");
    signedIn(100, ConsoleKind.VNC).open().handshake();
    relay.simulator.guests().reboot(100);
    refused(100, ConsoleKind.VNC, "NoConsole", "qm set 100 --vga std");
    refused(100, ConsoleKind.VNC, "NoConsole", "qm reboot 100");
  }

  @Test
  void aTokenThatMayNotIsRefusedWithTheCommandThatLetsIt() {
    relay.simulator.accounts().grant("/vms/400", relay.simulator.tokenId(), "VM.Audit");
    relay.simulator.guests().add(GuestSpec.vm(400, "shop", "pve1"));

    refused(
        400,
        ConsoleKind.VNC,
        "MissingPrivilege",
        "pveum acl modify /vms/400 --tokens 'relay@pve!k8s' --roles ConsoleRelay");
  }

  @Test
  void aTermproxyThatCannotTakeTokensIsToldApart() {
    relay.simulator.faults().on(Fault.TERMPROXY_WITHOUT_TOKENS);
    relay.simulator.guests().add(GuestSpec.vm(401, "old", "pve1"));

    refused(401, ConsoleKind.Terminal, "TokenNotAllowed", "9.0.13");
  }

  @Test
  void aDisplayOnASerialPortIsShown() {
    relay.simulator.guests().vga(100, "serial0");

    assertThat(signedIn(100, ConsoleKind.VNC).open().handshake()).contains("web-1");
  }

  @Test
  void aHostWithoutItsSecretHealsWhenItAppears(@TempDir Path other) throws Exception {
    try (RunningRelay bare = new RunningRelay(other, false)) {
      bare.grant();
      Browser browser = bare.signedIn();
      ConsoleSocket socket = browser.open();
      assertThat(socket.closeCode()).isEqualTo(4101);
      assertThat(socket.closeReason()).isEqualTo("CredentialsMissing");
      Awaitility.await("the doctor")
          .until(
              () -> bare.grants.get(RunningRelay.SESSION).orElseThrow().status().doctor() != null);

      bare.writeCredentials();

      Awaitility.await("the console")
          .atMost(java.time.Duration.ofSeconds(60))
          .until(
              () -> {
                ConsoleSocket next = browser.open();
                Awaitility.await("an answer")
                    .until(
                        () ->
                            next.isClosed()
                                || next.controls().stream()
                                    .anyMatch(m -> "ready".equals(m.getString("t"))));
                return !next.isClosed();
              });
    }
  }
}
