// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.guest.GuestSpec;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What restarts, is cut, or is given another secret while somebody looks. */
class RestartsTest {
  @RegisterExtension final Cluster cluster = new Cluster();

  private int pid() throws Exception {
    return cluster.token().get("nodes/pve1/qemu/100/status/current").data().path("pid").asInt();
  }

  private JsonNode config(String guest) throws Exception {
    return cluster.token().get("nodes/pve1/" + guest + "/config").data();
  }

  private JsonNode current(String guest) throws Exception {
    return cluster.token().get("nodes/pve1/" + guest + "/config?current=1").data();
  }

  @Test
  void rebootsIntoAnotherProcessAndEndsConsoles() throws Exception {
    JsonNode before = config("qemu/100");
    int pid = pid();
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      cluster.get().guests().reboot(100);
      viewer.console.drain();
    }
    assertThat(pid()).isNotEqualTo(pid).isPositive();
    assertThat(config("qemu/100")).isEqualTo(before);
  }

  @Test
  void resetsFromInsideWhileConsolesGoOn() throws Exception {
    int pid = pid();
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.type("echo before-reset\n");
      await().until(() -> cluster.get().screenText(100).contains("before-reset"));
      cluster.get().guests().reset(100);
      assertThat(cluster.get().screenText(100)).doesNotContain("before-reset");
      viewer.type("echo after-reset\n");
      await().until(() -> cluster.get().screenText(100).contains("after-reset"));
      assertThat(cluster.get().consoles()).hasSize(1);
    }
    assertThat(pid()).isEqualTo(pid);
  }

  @Test
  void restartsTheServiceOfOneNode() throws Exception {
    try (Viewer here = Viewer.open(cluster.token(), 100);
        Viewer there = Viewer.open(cluster.token().on("pve2"), 101)) {
      cluster.get().restartService("pve1", Duration.ofMillis(500));
      here.console.drain();
      assertThatThrownBy(() -> cluster.http().connectPlain()).isInstanceOf(ConnectException.class);
      await().until(() -> cluster.get().consoles().size() == 1);
      assertThat(there.name).isEqualTo("QEMU (db-1)");
    }
    await()
        .ignoreException(ConnectException.class)
        .until(() -> cluster.token().get("version").status() == 200);
  }

  @Test
  void cutsConsolesAndTakesNewOnes() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      cluster.get().cut("pve1");
      viewer.console.drain();
    }
    assertThat(cluster.token().get("version").status()).isEqualTo(200);
  }

  @Test
  void swallowsWhatIsSentToABlackHole() throws Exception {
    cluster.get().faults().on(Fault.BLACKHOLE);
    try (var socket = cluster.http().connectPlain()) {
      socket.setSoTimeout(200);
      socket.getOutputStream().write(new byte[] {0x16, 3, 1});
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void changesCredentials() throws Exception {
    Http old = cluster.token();
    Http ticket = cluster.http().loggedIn("relay@pve");
    cluster.get().changeTokenSecret("00000000-0000-0000-0000-000000000000");
    cluster.get().changePassword("another");
    assertThat(old.get("version").status()).isEqualTo(401);
    assertThat(cluster.token().get("version").status()).isEqualTo(200);
    assertThat(ticket.get("version").status()).isEqualTo(200);
    assertThat(cluster.http().loggedIn("relay@pve").get("version").status()).isEqualTo(200);
  }

  @Test
  void countsHowManyConsolesWaitedAtOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      Console.proxy(cluster.token(), "qemu/100", "vncproxy", Map.of("websocket", "1"));
    }
    assertThat(cluster.get().mostWaitingConsoles("pve1")).isEqualTo(3);
    assertThat(cluster.get().mostWaitingConsoles("pve2")).isZero();
  }

  @Test
  void hasNothingToShowWithoutADisplay() throws Exception {
    cluster.get().guests().vga(100, "none");
    assertThat(config("qemu/100").path("vga").asText()).isEqualTo("none");
    assertThat(current("qemu/100").has("vga")).isFalse();
    try (Console console = Console.open(cluster.token(), 100)) {
      assertThat(console.read(12))
          .as("until it starts again")
          .startsWith("RFB".getBytes(StandardCharsets.US_ASCII));
    }

    cluster.get().guests().reboot(100);

    assertThat(current("qemu/100").path("vga").asText()).isEqualTo("none");
    try (Console console = Console.open(cluster.token(), 100)) {
      assertThatThrownBy(() -> console.read(12)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void givesEachContainerAnAddressOfItsOwn() throws Exception {
    String before = config("lxc/200").path("net0").asText();
    assertThat(config("lxc/200").path("net0").asText()).isEqualTo(before).contains("hwaddr=BC:");
    cluster
        .get()
        .guests()
        .replace(
            new GuestSpec(
                200,
                "proxy-ct",
                io.pveconsole.simulator.guest.GuestType.LXC,
                "pve1",
                true,
                false,
                true));
    assertThat(config("lxc/200").path("net0").asText()).isNotEqualTo(before);
  }

  @Test
  void refusesTokensAtAnOldTermproxy() throws Exception {
    cluster.get().faults().on(Fault.TERMPROXY_WITHOUT_TOKENS);
    Http http = cluster.token();
    assertThat(http.get("version").data().path("version").asText()).isEqualTo("9.0.11");
    JsonNode proxy = Console.proxy(http, "lxc/200", "termproxy", Map.of());
    try (Console console = Console.attach(http, "lxc/200", proxy, "")) {
      String login = proxy.get("user").asText() + ":" + proxy.get("ticket").asText() + "\n";
      console.write(login.getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> console.read(2)).isInstanceOf(EOFException.class);
    }
  }
}
