// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.guest.GuestSpec;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Consoles from vncproxy to their end: facts §5, §6.5, §7. */
class ConsoleTest {
  private static final Map<String, String> FORM =
      Map.of("websocket", "1", "generate-password", "1");

  @RegisterExtension final Cluster cluster = new Cluster();

  @RegisterExtension
  final Cluster impatient =
      new Cluster(b -> b.timings(Cluster.quick().withConsoleIdle(Duration.ofSeconds(1))));

  @RegisterExtension final Cluster old = new Cluster(b -> b.style(ConsoleStyle.OLD));

  @Test
  void opensWithThePasswordOfEitherStyle() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100);
        Viewer oldStyle = Viewer.open(old.token(), 100)) {
      assertThat(viewer.name).isEqualTo("QEMU (web-1)");
      assertThat(viewer.width).isEqualTo(800);
      assertThat(viewer.height).isEqualTo(600);
      assertThat(oldStyle.name).isEqualTo("QEMU (web-1)");
    }
  }

  @Test
  void takesTheTicketAsPasswordInEitherStyle() throws Exception {
    Viewer viewer = new Viewer(Console.open(cluster.token(), 100));
    assertThat(viewer.tryPassword(viewer.console.proxy.get("ticket").asText())).isNull();
    viewer.close();
    Viewer withoutPassword =
        new Viewer(Console.open(old.token(), "qemu/100", Map.of("websocket", "1")));
    assertThat(withoutPassword.tryPassword(withoutPassword.console.password())).isNull();
    withoutPassword.close();
  }

  @Test
  void refusesAWrongPasswordWithQemusText() throws Exception {
    try (Viewer viewer = new Viewer(Console.open(cluster.token(), 100))) {
      assertThat(viewer.tryPassword("wrong")).isEqualTo("Authentication failed\0");
      assertThatThrownBy(() -> viewer.console.read(1)).isInstanceOf(EOFException.class);
    }
    cluster.get().faults().on(Fault.WRONG_VNC_PASSWORD);
    try (Viewer viewer = new Viewer(Console.open(cluster.token(), 100))) {
      assertThat(viewer.tryPassword(viewer.console.password())).startsWith("Authentication failed");
    }
  }

  @Test
  void endsThePasswordAfterThirtySeconds() throws Exception {
    try (Viewer viewer = new Viewer(Console.open(cluster.token(), 100))) {
      viewer.console.write(viewer.console.read(12));
      viewer.console.read(2);
      viewer.console.write(new byte[] {2});
      byte[] challenge = viewer.console.read(16);
      cluster.clock.advance(Duration.ofSeconds(31));
      assertThat(viewer.answer(challenge, viewer.console.password()))
          .isEqualTo("Authentication failed\0");
    }
  }

  @Test
  void overwritesThePasswordOfAParallelConsole() throws Exception {
    try (Viewer first = new Viewer(Console.open(cluster.token(), 100));
        Viewer second = new Viewer(Console.open(cluster.token(), 100))) {
      assertThat(second.tryPassword(second.console.password())).isNull();
      assertThat(first.tryPassword(first.console.password())).isEqualTo("Authentication failed\0");
    }
  }

  @Test
  void givesContainersAPasswordEach() throws Exception {
    Map<String, String> form = Map.of("websocket", "1");
    try (Viewer first = new Viewer(Console.open(cluster.token(), "lxc/200", form));
        Viewer second = new Viewer(Console.open(cluster.token(), "lxc/200", form))) {
      assertThat(second.tryPassword(second.console.password())).isNull();
      assertThat(first.tryPassword(first.console.password())).isNull();
      first.init(1);
      assertThat(first.width).isEqualTo(800);
    }
  }

  @Test
  void throwsOthersOutForAnExclusiveClient() throws Exception {
    try (Viewer first = Viewer.open(cluster.token(), 100);
        Viewer second = Viewer.open(cluster.token(), 100);
        Viewer exclusive = new Viewer(Console.open(cluster.token(), 100))) {
      exclusive.authenticate(exclusive.console.password());
      assertThat(cluster.get().consoles()).hasSize(3);
      exclusive.init(0);
      first.console.drain();
      second.console.drain();
      await().until(() -> cluster.get().consoles().size() == 1);

      try (Viewer late = new Viewer(Console.open(cluster.token(), 100))) {
        late.authenticate(late.console.password());
        assertThatThrownBy(() -> late.init(1)).isInstanceOf(EOFException.class);
      }
      exclusive.request(false);
      exclusive.update();
    }
  }

  @Test
  void answers200ForAStoppedGuestAndClosesBeforeTheBanner() throws Exception {
    Http http = cluster.token();
    JsonNode proxy = Console.proxy(http, "qemu/103", "vncproxy", FORM);
    try (Console console = Console.attach(http, "qemu/103", proxy, "")) {
      assertThat(console.drain()).isZero();
    }
    assertThat(cluster.get().tasks().getLast().status()).isEqualTo("VM 103 not running");
  }

  @Test
  void closesBeforeTheBannerWithoutWebsocketFlagInTheNewStyleOnly() throws Exception {
    try (Console console =
        Console.open(cluster.token(), "qemu/100", Map.of("generate-password", "1"))) {
      assertThat(console.drain()).isZero();
    }
    try (Console console = Console.open(old.token(), "qemu/100", Map.of())) {
      assertThat(console.read(12)).asString().startsWith("RFB");
    }
  }

  @Test
  void endsWithoutACloseFrameWhenTheGuestStops() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      cluster.get().guests().stop(100);
      assertThat(viewer.console.drain()).isZero();
      assertThat(
              cluster
                  .token()
                  .get("nodes/pve1/qemu/100/status/current")
                  .data()
                  .get("status")
                  .asText())
          .isEqualTo("stopped");
      assertThat(cluster.get().tasks().getLast().status()).isEqualTo("OK");
    }
  }

  @Test
  void keepsTheScreenThroughAMigration() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      viewer.type("echo before\n");
      await().until(() -> cluster.get().screenText(100).contains("\nbefore\n"));
      cluster.get().guests().migrate(100, "pve2");
      viewer.console.drain();
    }
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      assertThat(cluster.get().screenText(100)).contains("\nbefore\n").contains("VM 100 on pve2");
      assertThat(viewer.name).isEqualTo("QEMU (web-1)");
    }
  }

  @Test
  void showsAnotherGuestAfterReplacement() throws Exception {
    cluster.get().guests().replace(GuestSpec.vm(100, "other", "pve1"));
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      assertThat(viewer.name).isEqualTo("QEMU (other)");
    }
  }

  @Test
  void endsSilentConsolesButNotThoseWithTraffic() throws Exception {
    try (Viewer silent = Viewer.open(impatient.token(), 100);
        Viewer busy = Viewer.open(impatient.token(), 101)) {
      ByteBuffer tiny = ByteBuffer.allocate(10);
      tiny.put(new byte[] {3, 1, 0, 0, 0, 0, 0, 1, 0, 1});
      long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
      while (System.nanoTime() < end) {
        busy.console.write(tiny.array());
        Thread.sleep(100);
      }
      assertThat(silent.console.drain()).isZero();
      assertThat(impatient.get().consoles()).hasSize(1);
    }
    assertThat(Timings.proxmox().consoleIdle()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void countsWhatWaitsForASlowClient() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      for (int i = 0; i < 20; i++) {
        viewer.request(false);
        Thread.sleep(30);
      }
      await("pveproxy queues without back-pressure")
          .until(() -> cluster.get().consoles().getFirst().highestQueueToClient() > 4_000_000);
    }
  }

  @Test
  void closesBeforeTheBannerOnDemand() throws Exception {
    cluster.get().faults().on(Fault.CLOSE_BEFORE_BANNER);
    try (Console console = Console.open(cluster.token(), 100)) {
      assertThat(console.drain()).isZero();
    }
  }
}
