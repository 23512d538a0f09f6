// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Messages of an RFB client, for tests. */
final class Messages {

  static final int TIGHT = 7;

  private Messages() {}

  static Buffer pixelFormat() {
    return Buffer.buffer(new byte[20]);
  }

  static Buffer encodings(int... encodings) {
    Buffer message =
        Buffer.buffer()
            .appendByte((byte) 2)
            .appendByte((byte) 0)
            .appendUnsignedShort(encodings.length);
    for (int encoding : encodings) {
      message.appendInt(encoding);
    }
    return message;
  }

  static Buffer request(boolean incremental, int x, int y, int width, int height) {
    return Buffer.buffer()
        .appendByte((byte) 3)
        .appendByte((byte) (incremental ? 1 : 0))
        .appendUnsignedShort(x)
        .appendUnsignedShort(y)
        .appendUnsignedShort(width)
        .appendUnsignedShort(height);
  }

  static Buffer key(boolean down, int keysym) {
    return Buffer.buffer()
        .appendByte((byte) 4)
        .appendByte((byte) (down ? 1 : 0))
        .appendUnsignedShort(0)
        .appendInt(keysym);
  }

  static Buffer pointer(int buttons, int x, int y) {
    return Buffer.buffer()
        .appendByte((byte) 5)
        .appendByte((byte) buttons)
        .appendUnsignedShort(x)
        .appendUnsignedShort(y);
  }

  static Buffer cutText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Buffer.buffer().appendInt(0x06000000).appendInt(bytes.length).appendBytes(bytes);
  }

  static Buffer extendedCutText(int flags, int more) {
    return Buffer.buffer()
        .appendInt(0x06000000)
        .appendInt(-(4 + more))
        .appendInt(flags)
        .appendBytes(new byte[more]);
  }

  static Buffer qemuKey(boolean down, int keysym, int keycode) {
    return Buffer.buffer()
        .appendByte((byte) 255)
        .appendByte((byte) 0)
        .appendUnsignedShort(down ? 1 : 0)
        .appendInt(keysym)
        .appendInt(keycode);
  }

  static Buffer qemuAudio(int operation) {
    Buffer message =
        Buffer.buffer().appendByte((byte) 255).appendByte((byte) 1).appendUnsignedShort(operation);
    return operation == 2 ? message.appendBytes(new byte[6]) : message;
  }

  static Buffer desktopSize(int screens) {
    return Buffer.buffer()
        .appendByte((byte) 251)
        .appendByte((byte) 0)
        .appendInt(0)
        .appendByte((byte) screens)
        .appendByte((byte) 0)
        .appendBytes(new byte[16 * screens]);
  }

  static Buffer fence(int length) {
    return Buffer.buffer()
        .appendByte((byte) 248)
        .appendBytes(new byte[7])
        .appendByte((byte) length)
        .appendBytes(new byte[length]);
  }

  static Buffer xvp() {
    return Buffer.buffer(new byte[] {(byte) 250, 0, 1, 2});
  }

  static Buffer continuousUpdates() {
    return Buffer.buffer(new byte[] {(byte) 150, 1, 0, 0, 0, 0, 0, 9, 0, 9});
  }
}
