// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.rfb.Messages;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no page sends: it ends the socket or is ignored, and never reaches the guest. */
@Timeout(120)
class HostileBrowserTest {

  private static final byte[] KEY = Messages.key(true, 0x61).getBytes();

  @TempDir Path directory;

  private OpenConsole open() throws Exception {
    return OpenConsole.vnc(directory, grant -> grant);
  }

  private static void lives(OpenConsole console) throws IOException {
    console.browser.send(KEY);
    assertThat(console.guest.read(KEY.length)).isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"t\":null}",
        "{\"t\":[\"ping\"]}",
        "{\"t\":\"future\",\"x\":{\"y\":[1,2]}}",
        "{\"t\":\"ping\",\"n\":\"x\"}",
        "{\"t\":\"ping\",\"n\":1e999}",
        "{\"t\":\"ping\",\"n\":123456789012345678901234567890}",
        "{\"t\":\"resize\",\"cols\":80,\"rows\":25}"
      })
  void ignoresControlMessagesThatItDoesNotKnow(String text) throws Exception {
    try (OpenConsole console = open()) {
      console.browser.control(text);

      lives(console);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "1", "\"x\"", "{\"t\":", "nested", "long", "utf8"})
  void endsAtControlMessagesThatAreNone(String text) throws Exception {
    try (OpenConsole console = open()) {
      switch (text) {
        case "nested" -> console.browser.control("{\"t\":" + "[".repeat(4000));
        case "long" -> console.browser.control("{\"t\":\"" + "x".repeat(4096) + "\"}");
        case "utf8" ->
            console.browser.raw(WebSocketFrames.masked(1, new byte[] {(byte) 0xC3, 0x28}));
        default -> console.browser.control(text);
      }

      assertThat(console.browser.closeCode()).isIn(4009, 1007, 1002, -1);
      assertThat(console.guest.readToEnd()).isEmpty();
    }
  }

  @Test
  void countsTheBytesOfAControlMessageAndNotItsCharacters() throws Exception {
    try (OpenConsole console = open()) {
      console.browser.control("{\"t\":\"" + "가".repeat(2000) + "\"}");

      assertThat(console.browser.closeCode()).isEqualTo(4009);
    }
  }

  @Test
  void aPlainSocketTakesNoText() throws Exception {
    try (OpenConsole console =
        OpenConsole.prepared(directory, ConsoleTimes.standard(), ConsoleKind.VNC, grant -> grant)) {
      console.open("binary");
      console.guest.login();
      assertThat(console.browser.frame().opcode()).as("no hello, no steps").isEqualTo(2);
      console.browser.control("{\"t\":\"ping\",\"n\":1}");

      assertThat(console.browser.closeCode()).isEqualTo(4009);
    }
  }

  @Test
  void joinsFragments() throws Exception {
    try (OpenConsole console = open()) {
      console.browser.raw(WebSocketFrames.frame(0x02, Arrays.copyOf(KEY, 3), true));
      console.browser.raw(WebSocketFrames.frame(0x00, Arrays.copyOfRange(KEY, 3, 5), true));
      console.browser.raw(WebSocketFrames.masked(9, new byte[] {1}));
      console.browser.raw(WebSocketFrames.frame(0x80, Arrays.copyOfRange(KEY, 5, 8), true));

      assertThat(console.guest.read(KEY.length)).isEqualTo(KEY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unmasked", "oversize", "endless", "reserved", "rsv", "continuation"})
  void endsAtBrokenFrames(String kind) throws Exception {
    try (OpenConsole console = open()) {
      switch (kind) {
        case "unmasked" -> console.browser.raw(WebSocketFrames.unmasked(2, KEY));
        case "oversize" -> console.browser.raw(header(300 * 1024));
        case "endless" -> console.browser.raw(header(Long.MAX_VALUE));
        case "reserved" -> console.browser.raw(WebSocketFrames.frame(0x83, KEY, true));
        case "rsv" -> console.browser.raw(WebSocketFrames.frame(0xC2, KEY, true));
        default -> console.browser.raw(WebSocketFrames.frame(0x80, KEY, true));
      }

      console.browser.closeCode();
      assertThat(console.guest.readToEnd()).isEmpty();
    }
  }

  private static byte[] header(long length) {
    return Buffer.buffer()
        .appendByte((byte) 0x82)
        .appendByte((byte) 0xff)
        .appendLong(length)
        .appendInt(0)
        .getBytes();
  }

  @Test
  void aMessageOfEndlessFragmentsIsBounded() throws Exception {
    try (OpenConsole console = open()) {
      byte[] part = new byte[200 * 1024];
      part[0] = 6;
      boolean ended = false;
      for (int i = 0; i < 100 && !ended; i++) {
        try {
          console.browser.raw(WebSocketFrames.frame(i == 0 ? 0x02 : 0x00, part, true));
        } catch (IOException e) {
          ended = true;
        }
      }

      assertThat(console.browser.closeCode()).isIn(4009, -1);
      assertThat(console.guest.readToEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping frames", "ping messages"})
  void answersNobodyWhoDoesNotRead(String kind) throws Exception {
    byte[] ping =
        kind.equals("ping frames")
            ? WebSocketFrames.masked(9, new byte[125])
            : WebSocketFrames.masked(
                1, "{\"t\":\"ping\",\"n\":1}".getBytes(StandardCharsets.US_ASCII));
    Buffer many = Buffer.buffer();
    for (int i = 0; i < 500; i++) {
      many.appendBytes(ping);
    }
    byte[] bytes = many.getBytes();
    try (OpenConsole console = open()) {
      System.gc();
      long before = used();
      Thread flood =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 4000; i++) {
                        console.browser.raw(bytes);
                      }
                    } catch (IOException e) {
                      return;
                    }
                  });
      flood.join(Duration.ofSeconds(8));
      System.gc();

      assertThat(used() - before).isLessThan(32L * 1024 * 1024);
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
  }

  @Test
  void randomBytesInFramesNeverReachTheGuestUnparsed() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 3; round++) {
      try (OpenConsole console = OpenConsole.vnc(directory.resolve("r" + round), grant -> grant)) {
        byte[] bytes = new byte[5000];
        random.nextBytes(bytes);
        bytes[0] = 99;
        console.browser.send(bytes);

        assertThat(console.browser.closeCode()).isEqualTo(4009);
        assertThat(console.guest.readToEnd()).isEmpty();
      }
    }
  }
}
