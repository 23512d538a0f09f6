// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.rfb.ClientFilter;
import io.pveconsole.relay.rfb.Messages;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.simulator.SimulatorConfig;
import io.pveconsole.simulator.Timings;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A console left alone lives; a browser that is gone does not. The minutes are made short here. */
class KeepAliveTest {

  private static final Duration TICK = Duration.ofMillis(50);
  private static final ConsoleTimes SHORT =
      new ConsoleTimes(
          TICK,
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Duration.ofMinutes(5),
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));
  private static final ConsoleTimes NEVER =
      new ConsoleTimes(
          TICK,
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));
  private static final Duration PROXMOX_PATIENCE = Duration.ofSeconds(3);

  private static final Duration PING = Duration.ofSeconds(2);
  private static final ConsoleTimes PINGING =
      new ConsoleTimes(
          TICK,
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          PING,
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  @TempDir Path directory;

  private RunningRelay relay(ConsoleTimes times) {
    RunningRelay relay =
        new RunningRelay(
            directory,
            true,
            RunningRelay.Setup.usual()
                .with(times)
                .with(
                    SimulatorConfig.builder()
                        .timings(Timings.proxmox().withConsoleIdle(PROXMOX_PATIENCE))
                        .build()));
    relay.simulator.guests().still(100, true);
    return relay;
  }

  private static void watch(RawBrowser browser, Duration time) throws Exception {
    browser.attend(time);
  }

  @Test
  void aStillScreenOutlivesProxmoxsPatience() throws Exception {
    try (RunningRelay relay = relay(SHORT)) {
      relay.grant();
      try (RawBrowser browser = RawBrowser.open(relay, RunningRelay.SESSION, "binary")) {
        browser.handshake();
        browser.send(Messages.request(false, 0, 0, 10, 10).getBytes());

        watch(browser, PROXMOX_PATIENCE.multipliedBy(3));

        assertThat(relay.simulator.consoles()).hasSize(1);
      }
    }
  }

  @Test
  void withoutItTheConsoleEnds() throws Exception {
    try (RunningRelay relay = relay(NEVER)) {
      relay.grant();
      try (RawBrowser browser = RawBrowser.open(relay, RunningRelay.SESSION, "binary")) {
        browser.handshake();

        assertThatThrownBy(() -> watch(browser, PROXMOX_PATIENCE.multipliedBy(5)))
            .hasMessageContaining("closed with");
      }
    }
  }

  @Test
  void aTerminalOutlivesProxmoxsPatience() throws Exception {
    try (RunningRelay relay = relay(SHORT)) {
      relay.grants.put(
          Grants.of(Grants.fresh(RunningRelay.SESSION, Instant.now()), 200, ConsoleKind.Terminal));
      try (RawBrowser browser = RawBrowser.open(relay, RunningRelay.SESSION, "pveconsole.v1")) {
        browser.controlOf("ready");

        watch(browser, PROXMOX_PATIENCE.multipliedBy(3));

        assertThat(relay.simulator.consoles()).hasSize(1);
      }
    }
  }

  @Test
  void nothingIsAskedBeforeServerInitIsWhole() throws Exception {
    try (OpenConsole console =
        OpenConsole.prepared(directory, SHORT, ConsoleKind.VNC, grant -> grant)) {
      console.open("binary");
      console.guest.login();
      console.browser.greet();
      assertThat(console.guest.read(1)).containsExactly(1);
      byte[] init = RawConsole.serverInit("n".repeat(70_000));
      console.guest.send(Arrays.copyOfRange(init, 0, 22));
      assertSilent(console.guest);
      console.guest.send(Arrays.copyOfRange(init, 22, init.length - 1));
      assertSilent(console.guest);

      console.guest.patience(20_000);
      console.guest.send(new byte[] {'n'});

      assertThat(Buffer.buffer(console.guest.read(10))).isEqualTo(ClientFilter.keepAlive());
    }
  }

  private static void assertSilent(RawConsole guest) throws Exception {
    guest.patience(1500);
    assertThatThrownBy(() -> guest.read(1)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void itComesBetweenTheBrowsersMessagesAndThoughInputIsDropped() throws Exception {
    try (OpenConsole console =
        OpenConsole.vnc(directory, SHORT, grant -> Grants.viewOnly(grant, true))) {
      byte[] half = Messages.encodings(7, 16).getBytes();
      console.browser.send(Arrays.copyOf(half, 5));
      console.browser.send(Arrays.copyOfRange(half, 5, 7));
      assertThat(Buffer.buffer(console.guest.read(10))).isEqualTo(ClientFilter.keepAlive());
      console.browser.send(Arrays.copyOfRange(half, 7, half.length));
      byte[] next = console.guest.read(10);
      while (next[0] == 3) {
        next = console.guest.read(10);
      }
      assertThat(Buffer.buffer(next).appendBytes(console.guest.read(half.length - 10)))
          .isEqualTo(Buffer.buffer(half));

      Instant end = Instant.now().plusSeconds(2);
      int asked = 0;
      console.guest.patience(20);
      while (Instant.now().isBefore(end)) {
        console.browser.send(Messages.pointer(0, 1, 1).getBytes());
        try {
          assertThat(Buffer.buffer(console.guest.read(10))).isEqualTo(ClientFilter.keepAlive());
          asked++;
        } catch (SocketTimeoutException e) {
          assertThat(asked).isLessThan(100);
        }
      }
      assertThat(asked).isPositive();
    }
  }

  @Test
  void whatAPageSendsByItselfIsNoSignOfLife() throws Exception {
    try (OpenConsole console =
        OpenConsole.vnc(directory, SHORT, grant -> Grants.idleAfter(grant, 12))) {
      console.browser.controlOf("idle");
      console.browser.send(Messages.request(true, 0, 0, 10, 10).getBytes());
      console.browser.send(Messages.encodings(7, 16).getBytes());
      console.browser.control("{\"t\":\"ping\",\"n\":1}");
      console.browser.raw(WebSocketFrames.masked(9, new byte[] {'p'}));
      console.browser.controlOf("pong");
      assertThat(console.browser.controls()).noneMatch(m -> "active".equals(m.getString("t")));

      console.browser.send(Messages.pointer(0, 1, 1).getBytes());

      console.browser.controlOf("active");
    }
  }

  @Test
  void aBrowserThatAnswersNoPingIsGone() throws Exception {
    try (OpenConsole console = OpenConsole.vnc(directory, PINGING, grant -> grant)) {
      Thread guest = Thread.ofVirtual().start(() -> answerPings(console.guest));
      Instant began = Instant.now();
      int pings = 0;
      WebSocketFrames.Frame frame = console.browser.frame();
      while (frame.opcode() != 8) {
        pings += frame.opcode() == 9 ? 1 : 0;
        frame = console.browser.frame();
      }

      assertThat(pings).isBetween(1, 3);
      assertThat(Buffer.buffer(frame.payload()).getUnsignedShort(0)).isEqualTo(1001);
      assertThat(Duration.between(began, Instant.now())).isLessThan(PING.multipliedBy(6));
      assertThat(guest.join(PING)).as("Proxmox's side is closed too").isTrue();
    }
  }

  @Test
  void whoAnswersPingsStays() throws Exception {
    try (OpenConsole console = OpenConsole.vnc(directory, PINGING, grant -> grant)) {
      Thread.ofVirtual().start(() -> answerPings(console.guest));
      watch(console.browser, PING.multipliedBy(5));

      console.guest.send("still here");
      console.browser.patience(5000);
      assertThat(console.browser.read(10)).asString().isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @EnumSource(ConsoleKind.class)
  void aProxmoxThatAnswersNoPingIsGone(ConsoleKind kind) throws Exception {
    try (OpenConsole console =
        kind == ConsoleKind.VNC
            ? OpenConsole.vnc(directory, PINGING, grant -> grant)
            : OpenConsole.terminal(directory, PINGING, grant -> grant)) {
      Instant began = Instant.now();

      assertThatThrownBy(() -> watch(console.browser, PING.multipliedBy(20)))
          .hasMessageContaining("4101");

      assertThat(Duration.between(began, Instant.now())).isGreaterThan(PING.multipliedBy(2));
    }
  }

  private static void answerPings(RawConsole guest) {
    try {
      guest.answerPings();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
