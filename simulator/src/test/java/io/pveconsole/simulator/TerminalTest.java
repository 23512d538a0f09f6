// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts §9. */
class TerminalTest {
  @RegisterExtension final Cluster cluster = new Cluster();

  private Console open(String guest, String wrong) throws Exception {
    Http http = cluster.token();
    JsonNode proxy = Console.proxy(http, guest, "termproxy", Map.of());
    Console console = Console.attach(http, guest, proxy, "Sec-WebSocket-Protocol: binary\r\n");
    String login = proxy.get("user").asText() + ":" + proxy.get("ticket").asText() + wrong + "\n";
    console.write(login.getBytes(StandardCharsets.US_ASCII));
    return console;
  }

  private static String readUntil(Console console, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (!seen.toString().endsWith(text)) {
      seen.append((char) console.read(1)[0]);
    }
    return seen.toString();
  }

  private static void type(Console console, String text) throws IOException {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    console.write(("0:" + length + ":" + text).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void runsAShellOfAContainer() throws Exception {
    try (Console console = open("lxc/200", "")) {
      assertThat(console.read(2)).asString().isEqualTo("OK");
      readUntil(console, "$ ");
      console.write("1:120:40:2".getBytes(StandardCharsets.US_ASCII));
      type(console, "echo hi");
      type(console, "\r");
      assertThat(readUntil(console, "hi\r\nhi\r\n")).contains("echo hi\r\nhi\r\n");
      assertThat(cluster.get().screenText(200)).contains("\nhi\n");
    }
  }

  @Test
  void takesMessagesCutAnywhere() throws Exception {
    try (Console console = open("qemu/100", "")) {
      console.read(2);
      for (byte b : "20:3:abc1:80:24:0:1:\r".getBytes(StandardCharsets.US_ASCII)) {
        console.write(new byte[] {b});
      }
      readUntil(console, "abc: command not found");
    }
  }

  @Test
  void takesCharactersCutAnywhereAndTellsOfSizesAndPings() throws Exception {
    byte[] text = "한국어 é🙂\r".getBytes(StandardCharsets.UTF_8);
    try (Console console = open("qemu/100", "")) {
      console.read(2);
      for (byte b : text) {
        console.write(new byte[] {'0', ':', '1', ':', b});
      }
      console.write("1:120:40:2".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> cluster.get().screenText(100).contains("한국어: command not found"));
      await()
          .until(
              () -> cluster.get().guests().inputText(100).equals("terminal 120x40\nterminal ping"));
    }
  }

  @Test
  void refusesAnotherTicket() throws Exception {
    try (Console console = open("lxc/200", "x")) {
      assertThat(console.drain()).isZero();
    }
  }

  @Test
  void endsAtAnUnknownMessage() throws Exception {
    try (Console console = open("lxc/200", "")) {
      console.read(2);
      console.write("9".getBytes(StandardCharsets.US_ASCII));
      console.drain();
      await().until(() -> cluster.get().consoles().isEmpty());
    }
  }

  @Test
  void needsASerialPort() {
    assertThatThrownBy(() -> Console.proxy(cluster.token(), "qemu/102", "termproxy", Map.of()))
        .hasMessage("500 unable to find a serial interface");
  }
}
