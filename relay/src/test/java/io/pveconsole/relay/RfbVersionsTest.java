// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.rfb.Messages;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFB 3.3, 3.7 and 3.8 towards browsers; what displays may say upstream. */
class RfbVersionsTest {

  @TempDir Path directory;

  private OpenConsole prepared() throws Exception {
    return OpenConsole.prepared(
        directory, ConsoleTimes.standard(), ConsoleKind.VNC, grant -> grant);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"003.003,00000001,-", "003.007,0101,01", "003.008,010100000000,01"})
  void speaksTheBrowsersVersion(String version, String typesAndResult, String choice)
      throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("binary");
      console.guest.login();
      assertThat(console.browser.read(12)).asString().isEqualTo("RFB 003.008\n");
      console.browser.send(("RFB " + version + "\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(console.browser.read(typesAndResult.length() / 2)).isEqualTo(hex(typesAndResult));
      if (choice != null) {
        console.browser.send(hex(choice));
      }
      console.browser.send(new byte[] {0});

      assertThat(console.guest.read(1)).as("always shared").containsExactly(1);
      console.guest.send(RawConsole.serverInit("raw"));
      console.browser.init();
      byte[] key = Messages.key(true, 0x61).getBytes();
      console.browser.send(key);
      assertThat(console.guest.read(8)).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 99, 150, 200, 249, 252, 253, 254})
  void endsForGoodAtAnUnknownMessageAndForwardsNothingOfIt(int type) throws Exception {
    try (OpenConsole console = OpenConsole.vnc(directory, grant -> grant)) {
      Buffer key = Messages.key(true, 0x61);
      boolean known = type == 150;
      console.browser.send(
          key.copy()
              .appendByte((byte) type)
              .appendBytes(new byte[9])
              .appendBuffer(known ? Messages.key(false, 0x61) : Buffer.buffer())
              .getBytes());
      if (known) {
        assertThat(console.guest.read(16))
            .isEqualTo(key.copy().appendBuffer(Messages.key(false, 0x61)).getBytes());
        return;
      }

      assertThat(console.browser.closeCode()).isEqualTo(4009);
      Buffer seen = Buffer.buffer(console.guest.readToEnd());
      assertThat(seen.toString())
          .as("nothing but the key before it, and that let go")
          .isIn(
              "",
              key.toString(),
              Messages.key(false, 0x61).toString(),
              key.copy().appendBuffer(Messages.key(false, 0x61)).toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"RFB 003.003,00000001,-", "RFB 003.007,0101,01"})
  void opensADisplayWithoutPasswordOfAnOldVersion(String banner, String types, String choice)
      throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("pveconsole.v1");
      console.guest.send(banner + "\n");
      assertThat(console.guest.read(12)).asString().isEqualTo(banner + "\n");
      console.guest.send(hex(types));
      if (choice != null) {
        assertThat(console.guest.read(1)).isEqualTo(hex(choice));
      }

      console.browser.controlOf("ready");
    }
  }

  /** No Proxmox has one: it costs a second connection. */
  @ParameterizedTest
  @ValueSource(strings = {"RFB 003.008", "RFB 003.889"})
  void opensADisplayWithoutPassword(String banner) throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("pveconsole.v1");
      console.guest.send(banner + "\n");
      assertThat(console.guest.read(13)).asString().isEqualTo("RFB 003.008\n\2");
      console.guest.send(hex("0101"));
      assertThat(console.guest.readToEnd()).isEmpty();

      try (RawConsole second = console.proxmox.next()) {
        second.send(banner + "\n");
        assertThat(second.read(12)).asString().isEqualTo("RFB 003.008\n");
        second.send(hex("0101"));
        assertThat(second.read(2)).as("None, and ClientInit").isEqualTo(hex("0101"));
        second.send(new byte[4]);

        console.browser.controlOf("ready");
      }
    }
  }

  /** It hears of nothing but bytes, so there is nothing to wait for. */
  @Test
  void greetsAPlainBrowserWhileItsGuestIsStillAsked() throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("binary");
      console.browser.greet();
      byte[] key = Messages.key(true, 0x61).getBytes();
      console.browser.send(key);

      console.guest.login();
      assertThat(console.guest.read(1)).containsExactly(1);
      console.guest.send(RawConsole.serverInit("raw"));
      console.browser.init();
      assertThat(console.guest.read(8)).isEqualTo(key);
    }
  }

  @Test
  void endsAPlainBrowserThatDoesNotGreetWhileItsGuestIsStillAsked() throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("binary");
      console.browser.send("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(console.browser.closeCode()).isEqualTo(4009);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RFB 003.008,0113,offers [19]",
    "RFB 003.003,00000005,offers [5]",
    "RFB 003.008,000000000866756c6c2e2e2e0a,refuses: full...",
    "RFB 003.003,000000000000000866756c6c2e2e2e0a,refuses: full...",
    "HTTP/1.1 400,20,no RFB banner"
  })
  void saysWhatADisplayWantsThatItCannotOpen(String banner, String rest, String reason)
      throws Exception {
    try (OpenConsole console = prepared()) {
      console.open("pveconsole.v1");
      String begin = banner.length() == 11 ? banner + "\n" : banner;
      console.guest.send(begin);
      console.guest.send(hex(rest));
      if (rest.equals("0113")) {
        console.guest = console.proxmox.next();
        console.guest.send(begin);
        console.guest.send(hex(rest));
      }

      assertThat(console.browser.closeCode()).isEqualTo(4101);
      org.awaitility.Awaitility.await("the doctor")
          .until(() -> doctor(console).contains(reason) || !doctor(console).isEmpty());
      assertThat(doctor(console)).contains(reason);
    }
  }

  private static String doctor(OpenConsole console) {
    return console
        .relay
        .grants
        .get(RunningRelay.SESSION)
        .map(grant -> grant.status().doctor())
        .map(doctor -> doctor.message())
        .orElse("");
  }

  @Test
  void stateMachineSurvivesPiecesOfOneByteOverTheSocket() throws Exception {
    try (OpenConsole console = OpenConsole.vnc(directory, grant -> grant)) {
      Buffer all =
          Messages.encodings(7, 16)
              .appendBuffer(Messages.pixelFormat())
              .appendBuffer(Messages.cutText("text"))
              .appendBuffer(Messages.qemuKey(true, 0x61, 30))
              .appendBuffer(Messages.request(true, 0, 0, 9, 9));
      for (byte one : all.getBytes()) {
        console.browser.send(new byte[] {one});
      }

      assertThat(console.guest.read(all.length())).isEqualTo(all.getBytes());
    }
  }
}
