// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import io.vertx.core.buffer.Buffer;

/** What a browser sends, as RFC 6143 §7.5 and the QEMU extensions lay it out. */
final class RfbMessages {

  private static final int CUT_TEXT = 6;
  private static final int QEMU = 255;

  private RfbMessages() {}

  static Buffer pointer(int buttons, int x, int y) {
    return Buffer.buffer()
        .appendByte((byte) 5)
        .appendByte((byte) buttons)
        .appendUnsignedShort(x)
        .appendUnsignedShort(y);
  }

  /** QEMU's extended key event, which noVNC uses with Proxmox. */
  static Buffer key(boolean down, int keysym, int keycode) {
    return Buffer.buffer()
        .appendUnsignedByte((short) QEMU)
        .appendByte((byte) 0)
        .appendUnsignedShort(down ? 1 : 0)
        .appendInt(keysym)
        .appendInt(keycode);
  }

  /** An incremental request for a whole screen. */
  static Buffer updateRequest(int width, int height) {
    return Buffer.buffer()
        .appendByte((byte) 3)
        .appendByte((byte) 1)
        .appendInt(0)
        .appendUnsignedShort(width)
        .appendUnsignedShort(height);
  }

  static Buffer cutText(byte[] latin1) {
    return Buffer.buffer()
        .appendByte((byte) CUT_TEXT)
        .appendBytes(new byte[3])
        .appendInt(latin1.length)
        .appendBytes(latin1);
  }
}
