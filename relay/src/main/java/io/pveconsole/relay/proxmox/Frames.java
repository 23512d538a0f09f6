// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.buffer.Buffer;

/**
 * WebSocket frames towards Proxmox: complete, binary, and masked with a key of zeros, which the
 * protocol allows and which costs neither side work. pveproxy dies of fragments and of payloads
 * above 131072 bytes.
 */
final class Frames {

  static final int MAX_PAYLOAD = 131_072;

  private static final int BINARY = 0x82;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int MASKED = 0x80;
  private static final int NO_MASK = 0;
  private static final int MAX_HEADER = 14;
  private static final int NORMAL_CLOSURE = 1000;

  private Frames() {}

  /** One frame; the caller splits. */
  static Buffer binary(Buffer payload) {
    return frame(BINARY, payload);
  }

  static Buffer ping() {
    return frame(PING, Buffer.buffer());
  }

  static Buffer pong(Buffer payload) {
    return frame(PONG, payload);
  }

  static Buffer close() {
    return frame(CLOSE, Buffer.buffer().appendUnsignedShort(NORMAL_CLOSURE));
  }

  private static Buffer frame(int first, Buffer payload) {
    int length = payload.length();
    if (length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("a frame of " + length + " bytes");
    }
    Buffer frame = Buffer.buffer(MAX_HEADER + length).appendUnsignedByte((short) first);
    if (length < 126) {
      frame.appendUnsignedByte((short) (MASKED | length));
    } else if (length < 65_536) {
      frame.appendUnsignedByte((short) (MASKED | 126)).appendUnsignedShort(length);
    } else {
      frame.appendUnsignedByte((short) (MASKED | 127)).appendLong(length);
    }
    return frame.appendInt(NO_MASK).appendBuffer(payload);
  }
}
