// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.simulator.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts §5, §6.1 and the clocks. */
class VncproxyTest {
  private static final Map<String, String> FORM =
      Map.of("websocket", "1", "generate-password", "1");

  @RegisterExtension final Cluster cluster = new Cluster();

  @RegisterExtension
  final Cluster hasty =
      new Cluster(b -> b.timings(Cluster.quick().withConsoleWait(Duration.ofMillis(300))));

  @RegisterExtension
  final Cluster old = new Cluster(b -> b.style(ConsoleStyle.OLD).timings(Cluster.quick()));

  private static String ticketOf(JsonNode proxy) {
    return proxy.get("ticket").asText();
  }

  private static Http.Answer check(Http http, String guest, String port, String ticket)
      throws Exception {
    return http.get(
        "nodes/pve1/" + guest + "/vncwebsocket?port=" + port + "&vncticket=" + Http.encode(ticket));
  }

  @Test
  void putsThePasswordIntoTheTicketInTheNewStyle() throws Exception {
    JsonNode proxy = Console.proxy(cluster.token(), "qemu/100", "vncproxy", FORM);
    String password = proxy.get("password").asText();
    assertThat(password).matches("[!-`]{8}");
    assertThat(ticketOf(proxy)).startsWith(password + ":PVEVNC:").hasSizeLessThan(512);
    assertThat(proxy.get("port").isTextual()).isTrue();
    assertThat(proxy.get("user").asText()).isEqualTo("relay@pve!k8s");
    assertThat(proxy.get("upid").asText())
        .matches("UPID:pve1:\\w{8}:\\w{8}:\\w{8}:vncproxy:100:relay@pve!k8s:");
    assertThat(proxy.get("cert").asText()).isEqualTo(cluster.get().caPem());
  }

  @Test
  void givesNoPasswordInTheOldStyleUnlessAsked() throws Exception {
    JsonNode plain = Console.proxy(old.token(), "qemu/100", "vncproxy", Map.of("websocket", "1"));
    assertThat(plain.has("password")).isFalse();
    assertThat(ticketOf(plain)).startsWith("PVEVNC:");
    assertThat(plain.get("port").isInt()).isTrue();
    JsonNode asked = Console.proxy(old.token(), "qemu/100", "vncproxy", FORM);
    assertThat(asked.get("password").asText()).hasSize(8);
    assertThat(ticketOf(asked)).startsWith("PVEVNC:");
  }

  @Test
  void refusesGeneratePasswordForContainers() throws Exception {
    Http.Answer answer = cluster.token().post("nodes/pve1/lxc/200/vncproxy", FORM);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/generate-password").asText()).isNotEmpty();
    Map<String, String> sized = Map.of("websocket", "1", "width", "800", "height", "600");
    assertThat(cluster.token().post("nodes/pve1/lxc/200/vncproxy", sized).status()).isEqualTo(200);
  }

  @Test
  void checksATicketWithoutUpgradeAndWithoutUsingThePort() throws Exception {
    JsonNode proxy = Console.proxy(cluster.token(), "qemu/100", "vncproxy", FORM);
    Http.Answer answer =
        check(cluster.token(), "qemu/100", proxy.get("port").asText(), ticketOf(proxy));
    assertThat(answer.body())
        .isEqualTo("{\"data\":{\"port\":\"" + proxy.get("port").asText() + "\"}}");
    assertThat(cluster.get().waitingConsoles("pve1")).isEqualTo(1);
  }

  @Test
  void bindsATicketToCallerGuestAndPort() throws Exception {
    JsonNode proxy = Console.proxy(cluster.token(), "qemu/100", "vncproxy", FORM);
    String port = proxy.get("port").asText();
    Http owner = cluster.http().loggedIn("relay@pve");

    Http.Answer otherCaller = check(owner, "qemu/100", port, ticketOf(proxy));
    assertThat(otherCaller.status()).isEqualTo(401);
    assertThat(otherCaller.reason()).isEqualTo("permission denied - invalid PVEVNC ticket");
    assertThat(otherCaller.json().get("message").asText()).startsWith("permission denied");
    assertThat(check(cluster.token(), "qemu/102", port, ticketOf(proxy)).status()).isEqualTo(401);
    assertThat(check(cluster.token(), "qemu/100", "5950", ticketOf(proxy)).status()).isEqualTo(401);
  }

  @Test
  void leavesThePortOutOfTheSignatureInTheOldStyle() throws Exception {
    JsonNode proxy = Console.proxy(old.token(), "qemu/100", "vncproxy", FORM);
    assertThat(check(old.token(), "qemu/100", "5950", ticketOf(proxy)).status()).isEqualTo(200);
  }

  @Test
  void endsATicketAfterFortySeconds() throws Exception {
    JsonNode proxy = Console.proxy(cluster.token(), "qemu/100", "vncproxy", FORM);
    String port = proxy.get("port").asText();
    cluster.clock.advance(Duration.ofSeconds(40));
    assertThat(check(cluster.token(), "qemu/100", port, ticketOf(proxy)).status()).isEqualTo(200);
    cluster.clock.advance(Duration.ofSeconds(1));
    assertThat(check(cluster.token(), "qemu/100", port, ticketOf(proxy)).status()).isEqualTo(401);
  }

  @Test
  void endsATicketWhenTheKeyRotates() throws Exception {
    JsonNode proxy = Console.proxy(cluster.token(), "qemu/100", "vncproxy", FORM);
    cluster.get().faults().on(Fault.AUTH_ROTATED);
    assertThat(
            check(cluster.token(), "qemu/100", proxy.get("port").asText(), ticketOf(proxy))
                .status())
        .isEqualTo(401);
  }

  @Test
  void cannotReadAnUnencodedTicket() throws Exception {
    JsonNode proxy = Console.proxy(old.token(), "qemu/100", "vncproxy", FORM);
    String raw = ticketOf(proxy).replace("%", "%25");
    Http.Answer answer =
        old.token().get("nodes/pve1/qemu/100/vncwebsocket?port=5900&vncticket=" + raw);
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void verifiesPortAndTicketLength() throws Exception {
    Http.Answer answer = check(cluster.token(), "qemu/100", "6000", "x".repeat(513));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("errors").has("port")).isTrue();
    assertThat(answer.json().get("errors").has("vncticket")).isTrue();
  }

  @Test
  void handsTheSamePortOutAgainWhileAConsoleRuns() throws Exception {
    try (Console first = Console.open(cluster.token(), 100);
        Console second = Console.open(cluster.token(), 101)) {
      assertThat(first.proxy.get("port")).isEqualTo(second.proxy.get("port"));
      assertThat(cluster.get().consoles()).hasSize(2);
    }
  }

  @Test
  void stopsWaitingAndFreesThePort() throws Exception {
    Console.proxy(hasty.token(), "qemu/100", "vncproxy", FORM);
    await("the wait ends")
        .until(() -> "connection timed out".equals(hasty.get().tasks().getFirst().status()));
    assertThat(hasty.get().waitingConsoles("pve1")).isZero();
    assertThat(Timings.proxmox().consoleWait()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void runsOutOfPortsAtOneHundred() throws Exception {
    Http http = old.token();
    for (int i = 0; i < 100; i++) {
      Console.proxy(http, "qemu/100", "vncproxy", FORM);
    }
    assertThatThrownBy(() -> Console.proxy(http, "qemu/100", "vncproxy", FORM))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("500 ");
    assertThat(Console.proxy(http.on("pve2"), "qemu/100", "vncproxy", FORM).get("port").asInt())
        .isEqualTo(5900);
  }

  @Test
  void needsTheSameHostForBothCalls() throws Exception {
    JsonNode proxy = Console.proxy(old.token(), "qemu/100", "vncproxy", FORM);
    assertThatThrownBy(
            () -> {
              Http other = old.token().on("pve2");
              try (var socket = other.connect()) {
                socket.setSoTimeout(300);
                socket
                    .getOutputStream()
                    .write(
                        ("GET /api2/json/"
                                + Console.path(other, "qemu/100", proxy)
                                + " HTTP/1.1\r\n"
                                + other.credentials()
                                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: eA==\r\n\r\n")
                            .getBytes());
                socket.getInputStream().read();
              }
            })
        .isInstanceOf(java.net.SocketTimeoutException.class);
  }

  @Test
  void failsAsAnOverloadedHostDoes() throws Exception {
    cluster.get().faults().on(Fault.TASK_TIMEOUTS);
    Http.Answer answer = cluster.token().post("nodes/pve1/qemu/100/vncproxy", FORM);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.reason()).startsWith("Timeout while waiting for port");
  }
}
