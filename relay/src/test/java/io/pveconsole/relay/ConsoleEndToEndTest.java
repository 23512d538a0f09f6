// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a link to a picture and to every end, against the simulator. */
class ConsoleEndToEndTest {

  @TempDir Path directory;
  private RunningRelay relay;

  @BeforeEach
  void start() {
    relay = new RunningRelay(directory, true);
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private Grant stored() {
    return relay.grants.get(RunningRelay.SESSION).orElseThrow();
  }

  @Test
  void showsTheGuestAndTypesIntoIt() {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();

    assertThat(socket.handshake()).contains("web-1");
    socket.requestUpdate(false);
    assertThat(socket.readAtLeast(1000).getByte(0)).isZero();
    socket.type("echo hello-relay\n");

    Awaitility.await("the guest's answer")
        .until(() -> relay.screen(100).split("hello-relay", -1).length > 2);
    assertThat(socket.controls().getFirst().getString("t")).isEqualTo("hello");
    assertThat(socket.control("ready").getString("name")).isEqualTo("web-1");
    Awaitility.await("the status")
        .until(() -> stored().status().target() != null && stored().status().viewer() != null);
    assertThat(stored().status().doctor().reason()).isEqualTo("Connected");
    assertThat(stored().status().viewer().relayPod()).isEqualTo("pve7-relay-1");

    socket.close();
    Awaitility.await("the viewer leaves").until(() -> stored().status().viewer() == null);
    Awaitility.await("the console closes").until(() -> relay.simulator.consoles().isEmpty());
  }

  @Test
  void closesWithinASecondWhenTheOperatorSaysSo() {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    Instant ordered = Instant.now();
    relay.grants.edit(
        RunningRelay.SESSION, grant -> Grants.ending(grant, TerminationReason.Revoked));

    assertThat(socket.closeCode()).isEqualTo(4001);
    assertThat(socket.closeReason()).isEqualTo("Revoked");
    assertThat(Duration.between(ordered, Instant.now())).isLessThan(Duration.ofSeconds(1));
    Awaitility.await("the confirmation").until(() -> stored().status().ended() != null);
    assertThat(stored().status().ended().reason()).isEqualTo(TerminationReason.Revoked);
  }

  @Test
  void closesWhenTheGrantIsDeleted() {
    relay.grant();
    Browser browser = relay.signedIn();
    ConsoleSocket socket = browser.open();
    socket.handshake();

    relay.grants.delete(RunningRelay.SESSION);

    assertThat(socket.closeCode()).isEqualTo(4001);
    assertThat(browser.post("state", new JsonObject()).code()).isEqualTo("Revoked");
  }

  @Test
  void aNewerTabTakesOver() {
    relay.grant();
    Browser browser = relay.signedIn();
    ConsoleSocket first = browser.open();
    first.handshake();

    ConsoleSocket second = browser.open();

    assertThat(first.closeCode()).isEqualTo(4005);
    assertThat(second.handshake()).contains("web-1");
    assertThat(second.isClosed()).isFalse();
    assertThat(stored().status().viewer().id())
        .isEqualTo(second.control("hello").getString("viewer"));
  }

  @Test
  void aViewerOfAnotherReplicaTakesOver() {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    Grant now = stored();
    Futures.value(
        relay.grants.patch(
            now,
            io.pveconsole.relay.grants.StatusPatch.viewed(
                new io.pveconsole.api.v1alpha1.grant.GrantViewer(
                    "other", "pve7-relay-2", "10.0.0.1", Instant.now().toString()))));

    assertThat(socket.closeCode()).isEqualTo(4005);
    assertThat(stored().status().viewer().id()).isEqualTo("other");
  }

  @Test
  void expiresExactly() {
    relay.grants.put(
        Grants.expiring(
            Grants.fresh(RunningRelay.SESSION, Instant.now()), Instant.now().plusSeconds(3)));
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    assertThat(socket.closeCode()).isEqualTo(4002);
    assertThat(Instant.now()).isBetween(stored().expires(), stored().expires().plusSeconds(1));
    Awaitility.await("the end").until(() -> stored().status().ended() != null);
  }

  @Test
  void endsAnIdleSessionAfterAWarning() {
    relay.grants.put(Grants.idleAfter(Grants.fresh(RunningRelay.SESSION, Instant.now()), 2));
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    assertThat(socket.closeCode()).isEqualTo(4003);
    socket.control("idle");
    Awaitility.await("the end").until(() -> stored().status().ended() != null);
    assertThat(stored().status().ended().reason()).isEqualTo(TerminationReason.IdleTimeout);
  }

  @Test
  void obeysViewOnlyWhileOpen() {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    relay.grants.edit(RunningRelay.SESSION, grant -> Grants.viewOnly(grant, true));
    assertThat(socket.control("policy").getBoolean("viewOnly")).isTrue();
    socket.type("must-not-appear\n");
    socket.sendControl(new JsonObject().put("t", "ping").put("n", 1));
    socket.control("pong");
    relay.grants.edit(RunningRelay.SESSION, grant -> Grants.viewOnly(grant, false));
    Awaitility.await("the second policy")
        .until(
            () ->
                socket.controls().stream().filter(m -> "policy".equals(m.getString("t"))).count()
                    == 2);
    socket.type("visible\n");

    Awaitility.await("typing").until(() -> relay.screen(100).contains("visible"));
    assertThat(relay.screen(100)).doesNotContain("must-not-appear");
  }

  @Test
  void theHolderEndsTheSession() {
    relay.grant();
    Browser browser = relay.signedIn();
    ConsoleSocket socket = browser.open();
    socket.handshake();

    assertThat(browser.post("end", new JsonObject()).status()).isEqualTo(204);

    assertThat(socket.closeCode()).isEqualTo(4004);
    assertThat(stored().status().ended().reason()).isEqualTo(TerminationReason.ClosedByUser);
    assertThat(browser.cookies()).doesNotContainKey("pvc-access");
  }

  @Test
  void saysThatTheGuestIsStopped() {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    relay.simulator.guests().stop(100);

    assertThat(socket.closeCode()).isEqualTo(4102);
    assertThat(socket.closeReason()).isEqualTo("TargetStopped");
    Awaitility.await("the doctor")
        .until(() -> "TargetStopped".equals(stored().status().doctor().reason()));
    assertThat(stored().status().ended()).isNull();
  }

  @Test
  void opensTheTerminalOfAContainer() {
    relay.grants.put(
        Grants.of(Grants.fresh(RunningRelay.SESSION, Instant.now()), 200, ConsoleKind.Terminal));
    ConsoleSocket socket = relay.signedIn().open();
    socket.control("ready");
    socket.sendControl(new JsonObject().put("t", "resize").put("cols", 100).put("rows", 30));

    socket.send(Buffer.buffer("echo from-terminal\r"));

    StringBuilder seen = new StringBuilder();
    Awaitility.await("the terminal's answer")
        .until(
            () -> {
              seen.append(socket.readAtLeast(0));
              return seen.toString().split("from-terminal", -1).length > 2;
            });
    assertThat(socket.isClosed()).isFalse();
  }

  @Test
  void closesABrowserThatBreaksTheProtocol() {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    socket.send(Buffer.buffer(new byte[] {77, 0, 0, 0}));

    assertThat(socket.closeCode()).isEqualTo(4009);
  }

  @Test
  void answersPingsAndIgnoresWhatItDoesNotKnow() {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();
    socket.sendControl(new JsonObject().put("t", "future").put("x", 1));
    socket.sendControl(new JsonObject().put("t", "ping").put("n", 7));

    assertThat(socket.control("pong").getInteger("n")).isEqualTo(7);
    assertThat(socket.handshake()).contains("web-1");
  }

  @Test
  void restartsByClosingWithACodeThatComesBack() throws Exception {
    relay.grant();
    ConsoleSocket socket = relay.signedIn().open();
    socket.handshake();

    relay.relay.drain();

    assertThat(socket.closeCode()).isEqualTo(4112);
    assertThat(relay.relay.isReady()).isFalse();
    Awaitility.await("the viewer leaves").until(() -> stored().status().viewer() == null);
    assertThat(stored().status().ended()).isNull();
  }
}
