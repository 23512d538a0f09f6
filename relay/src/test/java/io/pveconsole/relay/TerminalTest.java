// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.simulator.ConsoleStyle;
import io.pveconsole.simulator.SimulatorConfig;
import io.pveconsole.simulator.fault.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Terminals of serial ports and containers, on a Proxmox VE of today and of before April 2026. */
class TerminalTest {

  private static final ConsoleTimes PINGING =
      new ConsoleTimes(
          Duration.ofMillis(50),
          Duration.ofMinutes(5),
          Duration.ofMillis(300),
          Duration.ofSeconds(20),
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  @TempDir Path directory;

  private RunningRelay relay(ConsoleStyle style) {
    return new RunningRelay(
        directory,
        true,
        RunningRelay.Setup.usual()
            .with(PINGING)
            .with(SimulatorConfig.builder().style(style).build()));
  }

  private static ConsoleSocket open(RunningRelay relay, int vmid) {
    relay.grants.put(
        Grants.of(Grants.fresh(RunningRelay.SESSION, Instant.now()), vmid, ConsoleKind.Terminal));
    ConsoleSocket socket = relay.signedIn().open();
    socket.control("ready");
    return socket;
  }

  private static void shows(ConsoleSocket socket, String text) {
    Buffer seen = Buffer.buffer();
    Awaitility.await("the terminal shows " + text)
        .until(
            () -> {
              seen.appendBuffer(socket.readAtLeast(0));
              return seen.toString(StandardCharsets.UTF_8).contains(text);
            });
  }

  @ParameterizedTest
  @CsvSource({"NEW, 100", "NEW, 200", "OLD, 100", "OLD, 200"})
  void takesAnyScriptSizesAndPings(ConsoleStyle style, int vmid) {
    try (RunningRelay relay = relay(style)) {
      ConsoleSocket socket = open(relay, vmid);
      byte[] line = "echo 한국어 é🙂\r".getBytes(StandardCharsets.UTF_8);
      for (byte one : line) {
        socket.send(Buffer.buffer(new byte[] {one}));
      }
      shows(socket, "\r\n한국어 é🙂\r\n");
      socket.sendControl(new JsonObject().put("t", "resize").put("cols", 133).put("rows", 43));

      Awaitility.await("the size and the pings at the guest")
          .until(() -> relay.simulator.guests().inputText(vmid), TerminalTest::sizedAndPinged);
      assertThat(socket.isClosed()).isFalse();
    }
  }

  private static boolean sizedAndPinged(String input) {
    return input.contains("terminal 133x43")
        && input.lines().filter("terminal ping"::equals).count() > 2;
  }

  @Test
  void opensWithAPasswordWhereTermproxyTakesNoTokens() throws Exception {
    try (RunningRelay relay = relay(ConsoleStyle.OLD)) {
      relay.simulator.faults().on(Fault.TERMPROXY_WITHOUT_TOKENS);
      Path credentials = directory.resolve("credentials");
      Files.writeString(credentials.resolve("username"), relay.simulator.username());
      Files.writeString(credentials.resolve("password"), relay.simulator.password());
      Files.delete(credentials.resolve("tokenId"));
      Files.delete(credentials.resolve("tokenSecret"));
      relay.grants.put(
          Grants.of(Grants.fresh(RunningRelay.SESSION, Instant.now()), 100, ConsoleKind.Terminal));
      Browser browser = relay.signedIn();

      Awaitility.await("a terminal by the password").until(() -> opens(browser));
    }
  }

  private static boolean opens(Browser browser) {
    ConsoleSocket socket = browser.open();
    Awaitility.await("an answer")
        .until(
            () ->
                socket.isClosed()
                    || socket.controls().stream().anyMatch(m -> "ready".equals(m.getString("t"))));
    return !socket.isClosed();
  }
}
