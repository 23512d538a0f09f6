// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.viewer.ConsoleTimes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** termproxy's protocol as the relay speaks it, byte by byte. */
class TerminalProtocolTest {

  private static final String LOGIN = "a@pve:t\n";
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

  private OpenConsole prepared() throws Exception {
    return OpenConsole.prepared(
        directory, ConsoleTimes.standard(), ConsoleKind.Terminal, grant -> grant);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void sendsTheTicketItselfAndConsumesASplitOk() throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("pveconsole.v1");
      assertThat(console.guest.read(LOGIN.length())).isEqualTo(utf8(LOGIN));
      console.guest.send("O");
      Thread.sleep(100);
      console.guest.send("K$ ");

      assertThat(console.browser.read(2)).isEqualTo(utf8("$ "));
      assertThat(console.browser.controls())
          .noneMatch(message -> message.encode().contains(LOGIN.strip()));
      assertThat(console.browser.controls().getFirst().getString("t")).isEqualTo("hello");
    }
  }

  @Test
  void passesBytesUntouchedWhereverCharactersAreCut() throws Exception {
    byte[] text = utf8("가나다 äöü 🙂");
    try (OpenConsole console = OpenConsole.terminal(directory, PINGING, grant -> grant)) {
      for (byte one : text) {
        console.guest.send(new byte[] {one});
      }
      assertThat(console.browser.read(text.length)).isEqualTo(text);
    }
  }

  @Test
  void framesInputByItsBytes() throws Exception {
    try (OpenConsole console =
        OpenConsole.terminal(directory, ConsoleTimes.standard(), grant -> grant)) {
      console.browser.send(utf8("한"));
      console.browser.control("{\"t\":\"resize\",\"cols\":120,\"rows\":40}");
      console.browser.control("{\"t\":\"resize\",\"cols\":1e300,\"rows\":-7}");
      console.browser.control("{\"t\":\"resize\",\"cols\":\"x\",\"rows\":{}}");
      console.browser.send(new byte[0]);
      console.browser.send(utf8("0:1:"));

      String expected = "0:3:한1:120:40:1:1000:1:0:4:0:1:";
      assertThat(console.guest.read(utf8(expected).length)).isEqualTo(utf8(expected));
    }
  }

  @Test
  void cutsALongPasteBetweenCharacters() throws Exception {
    String paste = "가".repeat(3000);
    try (OpenConsole console =
        OpenConsole.terminal(directory, ConsoleTimes.standard(), grant -> grant)) {
      console.browser.send(utf8(paste));

      String seen = "";
      while (seen.length() < paste.length()) {
        assertThat(console.guest.read(2)).isEqualTo(utf8("0:"));
        int length = 0;
        for (int c = console.guest.read(1)[0]; c != ':'; c = console.guest.read(1)[0]) {
          length = length * 10 + c - '0';
        }
        assertThat(length).isBetween(1, 4096);
        seen += new String(console.guest.read(length), StandardCharsets.UTF_8);
      }
      assertThat(seen).isEqualTo(paste);
    }
  }

  @Test
  void pingsByItself() throws Exception {
    try (OpenConsole console = OpenConsole.terminal(directory, PINGING, grant -> grant)) {
      assertThat(console.guest.read(3)).isEqualTo(utf8("222"));
    }
  }

  @ParameterizedTest
  @CsvSource({"NO, ProtocolError", "OX, ProtocolError", "'', ConsoleLost"})
  void namesALoginThatFails(String answer, String reason) throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("pveconsole.v1");
      console.guest.read(LOGIN.length());
      if (answer.isEmpty()) {
        console.guest.close();
      } else {
        console.guest.send(answer);
      }

      assertThat(console.browser.closeCode()).isEqualTo(4101);
      named(console, reason);
    }
  }

  @Test
  void namesALoginThatIsNeverAnswered() throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("pveconsole.v1");
      console.guest.read(LOGIN.length());

      console.browser.patience(30_000);
      assertThat(console.browser.closeCode()).isEqualTo(4101);
      named(console, "TimedOut");
    }
  }

  private static void named(OpenConsole console, String reason) {
    Awaitility.await("the doctor")
        .untilAsserted(
            () ->
                assertThat(
                        console
                            .relay
                            .grants
                            .get(RunningRelay.SESSION)
                            .orElseThrow()
                            .status()
                            .doctor())
                    .isNotNull()
                    .satisfies(doctor -> assertThat(doctor.reason()).isEqualTo(reason)));
  }

  @Test
  void inputIsWhatCountsAgainstIdleness() throws Exception {
    try (OpenConsole console =
        OpenConsole.terminal(
            directory,
            PINGING,
            grant ->
                io.pveconsole.relay.grants.Grants.viewOnly(
                    io.pveconsole.relay.grants.Grants.idleAfter(grant, 6), true))) {
      console.browser.controlOf("idle");
      console.browser.control("{\"t\":\"resize\",\"cols\":90,\"rows\":20}");
      console.browser.control("{\"t\":\"ping\",\"n\":1}");
      console.browser.send(new byte[0]);
      console.browser.controlOf("pong");
      assertThat(console.browser.controls()).noneMatch(m -> "active".equals(m.getString("t")));

      console.browser.send(Arrays.copyOf(utf8("dropped"), 7));

      console.browser.controlOf("active");
    }
  }
}
