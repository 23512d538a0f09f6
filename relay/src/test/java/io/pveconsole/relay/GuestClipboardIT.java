// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.rfb.Messages;
import io.pveconsole.simulator.SimulatorConfig;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clipboard against a real QEMU, which shares one among its VNC clients: one client behind the
 * relay under a policy, another program at QEMU itself, which is in the place of the guest's agent.
 */
class GuestClipboardIT {

  private static final String TEXT = "붙여넣기 – text, 텍스트 🙂";

  @TempDir Path directory;

  @BeforeEach
  void needsQemu() {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "qemu-system-x86_64")));
    if (!found) {
      String line = "NOT TESTED: QEMU (Debian: qemu-system-x86) is not on this machine";
      assertThat(Boolean.parseBoolean(System.getenv("PVECONSOLE_TESTS_MUST_RUN")))
          .as(line)
          .isFalse();
      System.err.println(line);
      Assumptions.abort(line);
    }
  }

  /** One VNC client with the extended clipboard. */
  private record Peer<C extends RfbClient>(C client) {

    static <C extends RfbClient> Peer<C> enter(C client) throws Exception {
      Peer<C> peer = new Peer<>(client);
      client.handshake();
      peer.send(Messages.encodings(0, Messages.EXTENDED_CLIPBOARD));
      return peer;
    }

    void send(Buffer message) throws IOException {
      client.send(message.getBytes());
    }

    void offer() throws IOException {
      send(Messages.extendedCutText(Messages.NOTIFY | Messages.TEXT, 0));
    }

    void ask() throws IOException {
      send(Messages.extendedCutText(Messages.REQUEST | Messages.TEXT, 0));
    }

    /** The next clipboard message: its flags and data. */
    byte[] hear(int action) throws Exception {
      Buffer head = Buffer.buffer(client.read(8));
      assertThat(head.getByte(0)).isEqualTo((byte) 3);
      Buffer body = Buffer.buffer(client.read(-head.getInt(4)));
      assertThat(body.getInt(0) & action).isEqualTo(action);
      return body.getBytes(4, body.length());
    }

    String hearText() throws Exception {
      byte[] data = hear(Messages.PROVIDE);
      byte[] inflated = new byte[100_000];
      Inflater inflater = new Inflater();
      inflater.setInput(data);
      int length = inflater.inflate(inflated);
      inflater.end();
      return new String(inflated, 4, length - 4, StandardCharsets.UTF_8).replace("\0", "");
    }

    /** Asks for a corner of the screen and takes it: QEMU has read all that was sent before. */
    void draws() throws IOException {
      send(Messages.request(false, 0, 0, 8, 8));
      Buffer head = Buffer.buffer(client.read(4));
      assertThat(head.getByte(0)).as("QEMU draws").isZero();
      for (int left = head.getUnsignedShort(2); left > 0; left--) {
        Buffer rectangle = Buffer.buffer(client.read(12));
        assertThat(rectangle.getInt(8)).as("raw pixels").isZero();
        client.read(rectangle.getUnsignedShort(4) * rectangle.getUnsignedShort(6) * Integer.BYTES);
      }
    }

    void hearsNothing() throws IOException {
      client.patience(1500);
      assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketTimeoutException.class);
      client.patience(20_000);
    }
  }

  private RunningRelay relay(ClipboardPolicy policy) {
    RunningRelay relay =
        new RunningRelay(
            directory,
            true,
            RunningRelay.Setup.usual()
                .with(SimulatorConfig.builder().qemuGuests(Set.of(100)).build()));
    relay.grants.put(Grants.clipboard(Grants.fresh(RunningRelay.SESSION, Instant.now()), policy));
    return relay;
  }

  private static Peer<RawBrowser> viewer(RunningRelay relay) throws Exception {
    return Peer.enter(RawBrowser.open(relay, RunningRelay.SESSION, "pveconsole.v1"));
  }

  private static Peer<QemuClient> program(RunningRelay relay) throws Exception {
    Path socket = relay.simulator.guests().qemuSocket(100).orElseThrow();
    Peer<QemuClient> program = Peer.enter(new QemuClient(socket));
    program.hear(Messages.CAPS);
    return program;
  }

  private static void patch(RunningRelay relay, Peer<RawBrowser> peer, ClipboardPolicy policy)
      throws Exception {
    relay.grants.edit(RunningRelay.SESSION, grant -> Grants.clipboard(grant, policy));
    assertThat(peer.client.controlOf("policy").getString("clipboard")).isEqualTo(policy.name());
  }

  private static void copies(Peer<?> from, Peer<?> to) throws Exception {
    from.offer();
    to.hear(Messages.NOTIFY);
    to.ask();
    from.hear(Messages.REQUEST);
    from.send(Messages.providedText(TEXT));
    assertThat(to.hearText()).isEqualTo(TEXT);
  }

  @Test
  void eachWayIsSwitchedWhileTheSocketIsOpen() throws Exception {
    try (RunningRelay relay = relay(ClipboardPolicy.Both)) {
      Peer<RawBrowser> peer = viewer(relay);
      peer.hear(Messages.CAPS);
      Peer<QemuClient> other = program(relay);

      copies(peer, other);
      copies(other, peer);

      patch(relay, peer, ClipboardPolicy.FromGuest);
      peer.offer();
      peer.send(Messages.cutText("plain"));
      other.hearsNothing();
      copies(other, peer);

      patch(relay, peer, ClipboardPolicy.ToGuest);
      copies(peer, other);
      other.offer();
      peer.hear(Messages.NOTIFY);
      peer.ask();
      other.hearsNothing();
      peer.hearsNothing();

      patch(relay, peer, ClipboardPolicy.Both);
      copies(peer, other);
    }
  }

  @Test
  void aBombAndATextThatIsTooLongNeverReachTheGuest() throws Exception {
    try (RunningRelay relay = relay(ClipboardPolicy.Both)) {
      Peer<RawBrowser> peer = viewer(relay);
      peer.hear(Messages.CAPS);
      Peer<QemuClient> other = program(relay);
      peer.offer();
      other.hear(Messages.NOTIFY);
      other.ask();
      peer.hear(Messages.REQUEST);

      peer.send(Messages.provided(new byte[64 * 1024 * 1024]));
      peer.send(Messages.providedTextWithTail("trailing"));
      other.hearsNothing();
      peer.send(Messages.providedText(TEXT));
      assertThat(other.hearText()).isEqualTo(TEXT);

      peer.send(Buffer.buffer().appendInt(0x06000000).appendInt(1024 * 1024 + 1));
      assertThat(peer.client.closeCode()).isEqualTo(4009);
    }
  }

  @Test
  void whatWasNotNegotiatedNeverReachesTheGuest() throws Exception {
    try (RunningRelay relay = relay(ClipboardPolicy.None)) {
      Peer<RawBrowser> peer = viewer(relay);
      // else the change of policy may overtake the encodings, which are another way into the relay
      peer.draws();
      Peer<QemuClient> other = program(relay);
      patch(relay, peer, ClipboardPolicy.Both);

      peer.offer();
      peer.ask();
      peer.send(Messages.providedText(TEXT));
      peer.send(Messages.cutText(""));
      other.hearsNothing();
      other.offer();
      peer.hearsNothing();

      peer.draws();
    }
  }
}
