// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.simulator.fault.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts §6. */
class WebSocketTest {
  private static final Map<String, String> FORM =
      Map.of("websocket", "1", "generate-password", "1");

  @RegisterExtension final Cluster cluster = new Cluster();
  @RegisterExtension final Cluster brutal = new Cluster(b -> b.workersDie(true));

  private Console open(String headers) throws Exception {
    Http http = cluster.token();
    JsonNode proxy = Console.proxy(http, "qemu/100", "vncproxy", FORM);
    return Console.attach(http, "qemu/100", proxy, headers);
  }

  @Test
  void echoesTheProtocolVerbatimAndOffersNoExtension() throws Exception {
    try (Console one =
            open(
                "Sec-WebSocket-Protocol: binary\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        Console list = open("Sec-WebSocket-Protocol: binary, base64\r\n");
        Console none = open("")) {
      assertThat(one.head())
          .contains("Sec-WebSocket-Protocol: binary", "Connection: upgrade")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .noneMatch(h -> h.startsWith("Sec-WebSocket-Extensions"));
      assertThat(list.head()).contains("Sec-WebSocket-Protocol: binary, base64");
      assertThat(none.head()).noneMatch(h -> h.startsWith("Sec-WebSocket-Protocol"));
    }
  }

  @Test
  void refusesOtherVersions() throws Exception {
    Http http = cluster.token();
    JsonNode proxy = Console.proxy(http, "qemu/100", "vncproxy", FORM);
    Http.Answer answer =
        http.with("Upgrade: websocket")
            .with("Sec-WebSocket-Version: 8")
            .get(Console.path(http, "qemu/100", proxy));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.reason()).isEqualTo("unsupported websocket-version '8'");
    assertThat(cluster.get().waitingConsoles("pve1")).isEqualTo(1);
  }

  @Test
  void answersPings() throws Exception {
    try (Console console = open("")) {
      console.read(12);
      console.frame(0x89, "hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(console.nextFrame(10)).asString().isEqualTo("hello");
    }
  }

  @Test
  void endsTheConnectionAtACloseFrameWithoutAnsweringIt() throws Exception {
    try (Console console = open("")) {
      console.read(12);
      console.frame(0x88, new byte[0]);
      assertThat(console.drain()).isZero();
      await().until(() -> cluster.get().consoles().isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2,128,4,fragmented",
    "194,128,4,reserved bit",
    "130,0,4,unmasked",
    "128,128,4,continuation",
    "131,128,4,unknown opcode"
  })
  void diesOfBadFrames(int first, int mask, int length, String what) throws Exception {
    try (Console victim = Console.open(brutal.token(), 100)) {
      victim.read(12);
      victim.rawFrame(first, mask, length, new byte[length]);
      assertThatThrownBy(() -> victim.nextFrame(2)).as(what).isInstanceOf(IOException.class);
    }
  }

  @Test
  void diesOfTooLargeFramesButTakesTheLargest() throws Exception {
    try (Viewer viewer = Viewer.open(brutal.token(), 100)) {
      viewer.cutText("x".repeat(131072 - 8));
      viewer.console.frame(0x89, new byte[0]);
      assertThat(viewer.console.nextFrame(10)).as("lives after the largest").isEmpty();
      viewer.console.rawFrame(0x82, 0x80, 131073, new byte[0]);
      viewer.console.timeout(5000);
      assertThatThrownBy(() -> viewer.console.nextFrame(2))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void takesOtherConnectionsOfTheWorkerAlong() throws Exception {
    Http http = brutal.token();
    Console[] all = new Console[6];
    for (int i = 0; i < all.length; i++) {
      all[i] = Console.open(http, 100);
      all[i].read(12);
    }
    all[0].rawFrame(0x02, 0x80, 1, new byte[1]);
    await("one worker of three dies")
        .until(() -> brutal.get().consoles().size() < 6 && brutal.get().consoles().size() > 1);
    assertThat(brutal.get().consoles()).hasSizeBetween(2, 5);
    for (Console console : all) {
      console.close();
    }
  }

  @Test
  void staysOpenButDeafWhereTheWorkerSurvives() throws Exception {
    try (Console console = open("")) {
      console.read(12);
      console.rawFrame(0x02, 0x80, 1, new byte[1]);
      console.write("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
      console.timeout(300);
      assertThatThrownBy(() -> console.read(1)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void neverAnswersOnADeadPort() throws Exception {
    Http http = cluster.token();
    JsonNode proxy = Console.proxy(http, "qemu/100", "vncproxy", FORM);
    try (Console first = Console.attach(http, "qemu/100", proxy, "")) {
      first.read(12);
      try (var socket = http.connect()) {
        socket.setSoTimeout(300);
        socket
            .getOutputStream()
            .write(
                ("GET /api2/json/"
                        + Console.path(http, "qemu/100", proxy)
                        + " HTTP/1.1\r\n"
                        + http.credentials()
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: eA==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void endsBareOnADeadPortWhereWorkersDie() throws Exception {
    brutal.get().faults().on(Fault.DEAD_PORT);
    assertThatThrownBy(() -> Console.open(brutal.token(), 100)).isInstanceOf(IOException.class);
    brutal.get().faults().off(Fault.DEAD_PORT);
    try (Console again = Console.open(brutal.token(), 100)) {
      assertThat(again.read(12)).asString().startsWith("RFB");
    }
  }

  @Test
  void cutsTheStreamIntoOddFramesUpTo128KiB() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      for (int i = 0; i < 3; i++) {
        viewer.request(false);
        viewer.update();
      }
      assertThat(viewer.console.frameSizes).allMatch(s -> s >= 1 && s <= 131072);
      assertThat(viewer.console.frameSizes).anyMatch(s -> s > 65536).anyMatch(s -> s < 7);
    }
  }

  @Test
  void dropsAfterSomeBytesOnDemand() throws Exception {
    cluster.get().faults().on(Fault.DROP_AFTER_BYTES, "5000");
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.request(false);
      assertThatThrownBy(viewer::update).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void takesTextFramesAsBytes() throws Exception {
    try (Console console = open("")) {
      byte[] banner = console.read(12);
      console.frame(0x81, banner);
      console.frame(0x8a, new byte[0]);
      assertThat(console.read(2)).containsExactly(1, 2);
    }
  }
}
