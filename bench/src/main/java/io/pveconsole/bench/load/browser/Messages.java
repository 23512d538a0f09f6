// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import io.vertx.core.buffer.Buffer;

/** What a client says after the handshake. */
final class Messages {

  private Messages() {}

  /** Raw is all that is understood. */
  static Buffer encodings() {
    return Buffer.buffer().appendInt(0x02000001).appendInt(0);
  }

  /** Asks for what changes on the whole screen. */
  static Buffer request() {
    return Buffer.buffer()
        .appendUnsignedShort(0x0301)
        .appendInt(0)
        .appendUnsignedShort(0xffff)
        .appendUnsignedShort(0xffff);
  }

  static Buffer key(int keysym, boolean down) {
    return Buffer.buffer()
        .appendByte((byte) 4)
        .appendByte((byte) (down ? 1 : 0))
        .appendShort((short) 0)
        .appendInt(keysym);
  }

  static Buffer pointer(int x, int y) {
    return Buffer.buffer()
        .appendByte((byte) 5)
        .appendByte((byte) 0)
        .appendUnsignedShort(x)
        .appendUnsignedShort(y);
  }
}
