// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Messages of an RFB client, for tests. */
public final class Messages {

  public static final int TIGHT = 7;
  public static final int EXTENDED_CLIPBOARD = 0xC0A1E5CE;
  public static final int TEXT = 1;
  public static final int CAPS = 1 << 24;
  public static final int REQUEST = 1 << 25;
  public static final int PEEK = 1 << 26;
  public static final int NOTIFY = 1 << 27;
  public static final int PROVIDE = 1 << 28;

  private Messages() {}

  public static Buffer pixelFormat() {
    return Buffer.buffer(new byte[20]);
  }

  public static Buffer encodings(int... encodings) {
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

  public static Buffer request(boolean incremental, int x, int y, int width, int height) {
    return Buffer.buffer()
        .appendByte((byte) 3)
        .appendByte((byte) (incremental ? 1 : 0))
        .appendUnsignedShort(x)
        .appendUnsignedShort(y)
        .appendUnsignedShort(width)
        .appendUnsignedShort(height);
  }

  public static Buffer key(boolean down, int keysym) {
    return Buffer.buffer()
        .appendByte((byte) 4)
        .appendByte((byte) (down ? 1 : 0))
        .appendUnsignedShort(0)
        .appendInt(keysym);
  }

  public static Buffer pointer(int buttons, int x, int y) {
    return Buffer.buffer()
        .appendByte((byte) 5)
        .appendByte((byte) buttons)
        .appendUnsignedShort(x)
        .appendUnsignedShort(y);
  }

  public static Buffer cutText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Buffer.buffer().appendInt(0x06000000).appendInt(bytes.length).appendBytes(bytes);
  }

  public static Buffer extendedCutText(int flags, int more) {
    return Buffer.buffer()
        .appendInt(0x06000000)
        .appendInt(-(4 + more))
        .appendInt(flags)
        .appendBytes(new byte[more]);
  }

  /** An extended message whose data are deflated, as PROVIDE has them. */
  public static Buffer provided(byte[] inflated) {
    Deflater deflater = new Deflater();
    deflater.setInput(inflated);
    deflater.finish();
    byte[] step = new byte[4096];
    Buffer data = Buffer.buffer();
    while (!deflater.finished()) {
      data.appendBytes(step, 0, deflater.deflate(step));
    }
    deflater.end();
    return Buffer.buffer()
        .appendInt(0x06000000)
        .appendInt(-(4 + data.length()))
        .appendInt(PROVIDE | TEXT)
        .appendBuffer(data);
  }

  /** Provided text with a byte after the end of its zlib stream. */
  public static Buffer providedTextWithTail(String text) {
    Buffer message = providedText(text).appendByte((byte) 1);
    return message.setInt(4, message.getInt(4) - 1);
  }

  /** Text as PROVIDE has it: length, UTF-8, a zero at the end. */
  public static Buffer providedText(String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
    return provided(Buffer.buffer().appendInt(bytes.length).appendBytes(bytes).getBytes());
  }

  public static Buffer qemuKey(boolean down, int keysym, int keycode) {
    return Buffer.buffer()
        .appendByte((byte) 255)
        .appendByte((byte) 0)
        .appendUnsignedShort(down ? 1 : 0)
        .appendInt(keysym)
        .appendInt(keycode);
  }

  public static Buffer qemuAudio(int operation) {
    Buffer message =
        Buffer.buffer().appendByte((byte) 255).appendByte((byte) 1).appendUnsignedShort(operation);
    return operation == 2 ? message.appendBytes(new byte[6]) : message;
  }

  public static Buffer desktopSize(int screens) {
    return Buffer.buffer()
        .appendByte((byte) 251)
        .appendByte((byte) 0)
        .appendInt(0)
        .appendByte((byte) screens)
        .appendByte((byte) 0)
        .appendBytes(new byte[16 * screens]);
  }

  public static Buffer fence(int length) {
    return Buffer.buffer()
        .appendByte((byte) 248)
        .appendBytes(new byte[7])
        .appendByte((byte) length)
        .appendBytes(new byte[length]);
  }

  public static Buffer xvp() {
    return Buffer.buffer(new byte[] {(byte) 250, 0, 1, 2});
  }

  public static Buffer continuousUpdates() {
    return Buffer.buffer(new byte[] {(byte) 150, 1, 0, 0, 0, 0, 0, 9, 0, 9});
  }
}
