// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The client side of RFB 3.8 (RFC 6143) in raw pixels, as much as tells that there is a picture.
 * Fed by one thread; {@link #key} and the like from another.
 */
final class PlainRfb {
  private static final int BYTES_PER_PIXEL = 4;

  /** A corner of the picture is enough. */
  private static final int CORNER = 64;

  private static final byte[] ENCODINGS = {2, 0, 0, 1, 0, 0, 0, 0};

  private final Consumer<byte[]> out;
  private byte[] held = new byte[0];
  private int step;
  private int width;
  private int height;
  private int rectangles;
  private volatile boolean picture;
  private volatile String cutText = "";

  PlainRfb(Consumer<byte[]> out) {
    this.out = out;
  }

  void receive(byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(held);
    all.writeBytes(bytes);
    held = all.toByteArray();
    int used = -1;
    while (used != 0 && held.length > 0) {
      used = consume(ByteBuffer.wrap(held));
      held = Arrays.copyOfRange(held, used, held.length);
    }
  }

  /** Bytes of one message that is there in full; 0 when more must come. */
  private int consume(ByteBuffer in) {
    return switch (step) {
      case 0 -> answer(in, 12, "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
      case 1 -> answer(in, 1 + in.get(0), new byte[] {1});
      case 2 -> answer(in, 4, new byte[] {1});
      case 3 -> serverInit(in);
      default -> rectangles > 0 ? rectangle(in) : message(in);
    };
  }

  private int answer(ByteBuffer in, int length, byte[] answer) {
    if (in.remaining() < length) {
      return 0;
    }
    step++;
    out.accept(answer);
    return length;
  }

  private int serverInit(ByteBuffer in) {
    if (in.remaining() < 24 || in.remaining() < 24 + in.getInt(20)) {
      return 0;
    }
    width = Math.min(CORNER, in.getShort(0));
    height = Math.min(CORNER, in.getShort(2));
    step++;
    out.accept(ENCODINGS);
    request(false);
    return 24 + in.getInt(20);
  }

  private void request(boolean incremental) {
    out.accept(
        ByteBuffer.allocate(10)
            .put((byte) 3)
            .put((byte) (incremental ? 1 : 0))
            .putShort((short) 0)
            .putShort((short) 0)
            .putShort((short) width)
            .putShort((short) height)
            .array());
  }

  private int message(ByteBuffer in) {
    int length =
        switch (in.get(0)) {
          case 0 -> 4;
          case 2 -> 1;
          case 3 -> in.remaining() < 8 ? 8 : 8 + in.getInt(4);
          default -> throw new IllegalStateException("message type " + in.get(0));
        };
    if (in.remaining() < length) {
      return 0;
    }
    if (in.get(0) == 0) {
      rectangles = in.getShort(2);
    } else if (in.get(0) == 3) {
      cutText = new String(in.array(), 8, length - 8, StandardCharsets.ISO_8859_1);
    }
    return length;
  }

  private int rectangle(ByteBuffer in) {
    if (in.remaining() < 12) {
      return 0;
    }
    if (in.getInt(8) != 0) {
      throw new IllegalStateException("encoding " + in.getInt(8));
    }
    int length = 12 + in.getShort(4) * in.getShort(6) * BYTES_PER_PIXEL;
    if (in.remaining() < length) {
      return 0;
    }
    rectangles--;
    if (rectangles == 0) {
      picture = true;
      request(true);
    }
    return length;
  }

  boolean hasPicture() {
    return picture;
  }

  String cutText() {
    return cutText;
  }

  /** Presses and releases a key that is one character. */
  void key(int keysym) {
    for (byte down : new byte[] {1, 0}) {
      out.accept(
          ByteBuffer.allocate(8)
              .put((byte) 4)
              .put(down)
              .putShort((short) 0)
              .putInt(keysym)
              .array());
    }
  }

  void cutText(byte[] text) {
    out.accept(
        ByteBuffer.allocate(8 + text.length).putInt(6 << 24).putInt(text.length).put(text).array());
  }
}
