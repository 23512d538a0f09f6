// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;

/** WebSocket frames written and read by hand (RFC 6455 §5.2). */
public final class WebSocketFrames {

  private static final int FIN = 0x80;

  private WebSocketFrames() {}

  /** A frame that was read. */
  public record Frame(int opcode, boolean last, byte[] payload) {}

  /** As a server sends. */
  public static byte[] unmasked(int opcode, byte[] payload) {
    return frame(FIN | opcode, payload, false);
  }

  /** As a browser sends. */
  public static byte[] masked(int opcode, byte[] payload) {
    return frame(FIN | opcode, payload, true);
  }

  /** Any first byte; the mask is of zeros. */
  public static byte[] frame(int first, byte[] payload, boolean masked) {
    int mask = masked ? 0x80 : 0;
    Buffer frame = Buffer.buffer().appendByte((byte) first);
    if (payload.length < 126) {
      frame.appendByte((byte) (mask | payload.length));
    } else if (payload.length < 65_536) {
      frame.appendByte((byte) (mask | 126)).appendUnsignedShort(payload.length);
    } else {
      frame.appendByte((byte) (mask | 127)).appendLong(payload.length);
    }
    if (masked) {
      frame.appendInt(0);
    }
    return frame.appendBytes(payload).getBytes();
  }

  public static Frame read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] mask = (second & 0x80) == 0 ? new byte[4] : in.readNBytes(4);
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return new Frame(first & 0x0f, (first & FIN) != 0, payload);
  }
}
