// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pveconsole.simulator.guest.GuestConsole;
import io.pveconsole.simulator.guest.GuestSpec;
import io.pveconsole.simulator.guest.GuestType;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guests for measurements. */
class BenchGuestTest {
  private static final int PIXELS = 254 * 64;
  private static final int QUEUE = 256 * 1024;

  @RegisterExtension
  final Cluster cluster =
      new Cluster(
          b ->
              b.guests(
                  List.of(guest(300, "echo"), guest(301, "firehose"), guest(302, "firehose:1"))));

  private static GuestSpec guest(int vmid, String console) {
    return new GuestSpec(
        vmid, "vm" + vmid, GuestType.QEMU, "pve1", true, false, false, GuestConsole.parse(console));
  }

  @Test
  void anEchoAnswersEachEventWithItsBytes() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 300)) {
      assertThat(viewer.name).isEqualTo("QEMU (vm300)");
      viewer.request(false);
      viewer.console.write(ByteBuffer.allocate(8).put((byte) 4).put(7, (byte) 'a').array());
      viewer.pointer(3, 4, 1);
      assertThat(echo(viewer)).isEqualTo('a');
      assertThat(echo(viewer)).isEqualTo(3 << 16 | 4);
      viewer.cutText("nobody reads this");
      viewer.pointer(5, 6, 0);
      assertThat(echo(viewer)).isEqualTo(5 << 16 | 6);
    }
  }

  private static int echo(Viewer viewer) throws Exception {
    ByteBuffer update = ByteBuffer.wrap(viewer.console.read(20));
    assertThat(update.getInt()).isEqualTo(1);
    assertThat(update.getInt()).isZero();
    assertThat(update.getInt()).isEqualTo(0x00010001);
    assertThat(update.getInt()).isZero();
    return update.getInt();
  }

  @Test
  void aFirehoseSendsWithoutEndOnceItWasAsked() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 301)) {
      viewer.request(true);
      for (int i = 0; i < 50; i++) {
        viewer.update();
      }
      assertThat(viewer.pixels).hasSize(PIXELS);
      viewer.pointer(1, 2, 0);
      for (int i = 0; i < 50; i++) {
        viewer.update();
      }
    }
  }

  @Test
  void keepsLittleOfWhatNobodyTakes() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 301)) {
      viewer.request(true);
      await("the pipe is full")
          .until(() -> cluster.get().consoles().getFirst().highestQueueToClient() >= QUEUE);
      assertThat(cluster.get().consoles().getFirst().highestQueueToClient()).isLessThan(2L * QUEUE);
    }
  }

  @Test
  void aRateIsKept() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 302)) {
      viewer.request(true);
      viewer.update();
      long began = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        viewer.update();
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      assertThat(seconds).isGreaterThan(0.5);
    }
  }

  @Test
  void endsWithItsGuest() throws Exception {
    try (Viewer viewer = Viewer.open(cluster.token(), 300)) {
      cluster.get().guests().stop(300);
      assertThatThrownBy(() -> viewer.console.read(1)).isInstanceOf(EOFException.class);
    }
    assertThat(cluster.get().screenText(301)).isEmpty();
  }

  @Test
  void hasNoTerminal() throws Exception {
    Http.Answer answer = cluster.token().post("nodes/pve1/qemu/300/termproxy", new HashMap<>());
    assertThat(answer.status()).isNotEqualTo(200);
  }

  @Test
  void namesAreKnown() {
    assertThat(GuestConsole.parse("firehose:50")).isEqualTo(new GuestConsole.Firehose(50_000_000));
    assertThatThrownBy(() -> GuestConsole.parse("firehose:0"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
