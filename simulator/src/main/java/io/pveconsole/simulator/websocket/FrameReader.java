// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.websocket;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads client frames with pveproxy's strictness. */
final class FrameReader {
  private final DataInputStream in;

  /** A whole frame; opcodes 1, 2, 8, 9, 10 only. */
  static final class Frame {
    private final int opcode;
    private final byte[] payload;

    private Frame(int opcode, byte[] payload) {
      this.opcode = opcode;
      this.payload = payload;
    }

    int opcode() {
      return opcode;
    }

    byte[] payload() {
      return payload;
    }
  }

  FrameReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * Blocks for the next frame.
   *
   * @throws BadFrame for a frame that makes pveproxy give up on the connection
   */
  Frame next() throws IOException, BadFrame {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((first & 0x80) == 0) {
      throw new BadFrame("received fragmented websocket frame");
    }
    if ((first & 0x70) != 0) {
      throw new BadFrame("received websocket frame with RSV bits");
    }
    int opcode = first & 0x0f;
    if ((second & 0x80) == 0) {
      throw new BadFrame("received unmasked websocket frame from client");
    }
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if (length < 0 || length > FrameCutter.MAX_PAYLOAD) {
      throw new BadFrame("received too large websocket frame (len = " + length + ")");
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes((int) length);
    if (mask.length < 4 || payload.length < length) {
      throw new java.io.EOFException();
    }
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return switch (opcode) {
      case 1, 2, 8, 9, 10 -> new Frame(opcode, payload);
      default -> throw new BadFrame("received unhandled websocket opcode " + opcode);
    };
  }
}
