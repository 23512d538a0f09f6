// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames may be cut anywhere; the payload comes out whole and in order. */
class FrameScannerTest {

  private static final class Seen implements FrameScanner.Events {
    final List<String> pings = new ArrayList<>();
    int pongs;
    int closes;

    @Override
    public void pinged(Buffer payload) {
      pings.add(payload.toString());
    }

    @Override
    public void ponged() {
      pongs++;
    }

    @Override
    public void peerClosed() {
      closes++;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 1000, 70_000, 1_000_000})
  void joinsPayloadWhereverItIsCut(int piece) throws Exception {
    Buffer expected = Buffer.buffer();
    Buffer stream = Buffer.buffer();
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 131_072, 5}) {
      byte[] payload = new byte[size];
      random.nextBytes(payload);
      expected.appendBytes(payload);
      stream.appendBuffer(frame(0x82, payload));
      stream.appendBuffer(frame(0x89, "hi".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
    stream.appendBuffer(frame(0x88, new byte[] {3, -24}));

    FrameScanner scanner = new FrameScanner();
    Seen seen = new Seen();
    Buffer got = Buffer.buffer();
    for (int at = 0; at < stream.length(); at += piece) {
      int end = Math.min(stream.length(), at + piece);
      got.appendBuffer(scanner.scan(stream.slice(at, end), seen));
    }

    assertThat(got).isEqualTo(expected);
    assertThat(seen.pings).hasSize(9).containsOnly("hi");
    assertThat(seen.closes).isEqualTo(1);
  }

  @Test
  void littlePayloadDoesNotKeepWhatItCameWith() throws FrameScanner.BrokenFrame {
    Buffer part = frame(0x82, new byte[] {7});
    for (int i = 0; i < 100; i++) {
      part.appendBuffer(frame(0x8A, new byte[100]));
    }
    Buffer little = new FrameScanner().scan(part, new Seen());
    part.setByte(2, (byte) 8);

    assertThat(little.getBytes()).containsExactly(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC2, 0x83, 0x8B})
  void refusesWhatNoProxmoxSends(int first) {
    assertThatThrownBy(() -> new FrameScanner().scan(frame(first, new byte[3]), new Seen()))
        .isInstanceOf(FrameScanner.BrokenFrame.class);
  }

  @Test
  void refusesMaskedAndImpossibleLengths() {
    Buffer masked = Buffer.buffer(new byte[] {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 1});
    Buffer negative =
        Buffer.buffer(new byte[] {(byte) 0x82, 127, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0});
    Buffer longPing = Buffer.buffer(new byte[] {(byte) 0x89, 126, 1, 0});

    for (Buffer broken : List.of(masked, negative, longPing)) {
      assertThatThrownBy(() -> new FrameScanner().scan(broken, new Seen()))
          .isInstanceOf(FrameScanner.BrokenFrame.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, Frames.MAX_PAYLOAD})
  void writesCompleteMaskedFrames(int size) {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);

    Buffer frame = Frames.binary(Buffer.buffer(payload));

    int header = size < 126 ? 2 : size < 65_536 ? 4 : 10;
    assertThat(frame.getUnsignedByte(0)).isEqualTo((short) 0x82);
    assertThat(frame.getUnsignedByte(1) & 0x80).isEqualTo(0x80);
    assertThat(frame.getInt(header)).isZero();
    assertThat(frame.length()).isEqualTo(header + 4 + size);
    assertThat(frame.getBytes(header + 4, frame.length())).isEqualTo(payload);
  }

  @Test
  void neverWritesAFrameThatKillsPveproxy() {
    Buffer tooLong = Buffer.buffer(new byte[Frames.MAX_PAYLOAD + 1]);

    assertThatThrownBy(() -> Frames.binary(tooLong)).isInstanceOf(IllegalArgumentException.class);
  }

  static Buffer frame(int first, byte[] payload) {
    Buffer frame = Buffer.buffer().appendUnsignedByte((short) first);
    if (payload.length < 126) {
      frame.appendByte((byte) payload.length);
    } else if (payload.length < 65_536) {
      frame.appendByte((byte) 126).appendUnsignedShort(payload.length);
    } else {
      frame.appendByte((byte) 127).appendLong(payload.length);
    }
    return frame.appendBytes(payload);
  }
}
