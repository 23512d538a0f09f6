// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import io.pveconsole.simulator.rfb.VncSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** An RFB client that decodes Raw, CopyRect and Tight into pixels. */
final class Viewer implements AutoCloseable {
  static final int RAW = 0;
  static final int COPY_RECT = 1;
  static final int TIGHT = 7;
  static final int EXTENDED_KEYS = -258;

  final Console console;
  final List<Integer> encodingsSeen = new ArrayList<>();
  final List<String> cutTexts = new ArrayList<>();
  private final Inflater[] inflaters = {
    new Inflater(), new Inflater(), new Inflater(), new Inflater()
  };
  int width;
  int height;
  int[] pixels = new int[0];
  String name = "";
  private int bytesPerPixel = 4;

  Viewer(Console console) {
    this.console = console;
  }

  static Viewer open(Http http, int vmid) throws Exception {
    Viewer viewer = new Viewer(Console.open(http, vmid));
    viewer.authenticate(viewer.console.password());
    viewer.init(1);
    return viewer;
  }

  /**
   * Everything up to the answer of the challenge; returns null when accepted, else the reason
   * given.
   */
  String tryPassword(String password) throws IOException {
    byte[] banner = console.read(12);
    if (!new String(banner, StandardCharsets.US_ASCII).equals("RFB 003.008\n")) {
      throw new IOException("banner");
    }
    console.write(banner);
    byte[] types = console.read(2);
    if (types[0] != 1 || types[1] != 2) {
      throw new IOException("security types");
    }
    console.write(new byte[] {2});
    return answer(console.read(16), password);
  }

  String answer(byte[] challenge, String password) throws IOException {
    console.write(VncSecret.response(password.getBytes(StandardCharsets.ISO_8859_1), challenge));
    if (ByteBuffer.wrap(console.read(4)).getInt() == 0) {
      return null;
    }
    int length = ByteBuffer.wrap(console.read(4)).getInt();
    return new String(console.read(length), StandardCharsets.US_ASCII);
  }

  void authenticate(String password) throws IOException {
    String refused = tryPassword(password);
    if (refused != null) {
      throw new IOException(refused);
    }
  }

  void init(int shared) throws IOException {
    console.write(new byte[] {(byte) shared});
    ByteBuffer init = ByteBuffer.wrap(console.read(24));
    width = init.getShort();
    height = init.getShort();
    pixels = new int[width * height];
    name = new String(console.read(init.getInt(20)), StandardCharsets.UTF_8);
  }

  void encodings(int... wanted) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(4 + 4 * wanted.length);
    message.put((byte) 2).put((byte) 0).putShort((short) wanted.length);
    for (int encoding : wanted) {
      message.putInt(encoding);
    }
    console.write(message.array());
  }

  /** RGB565, little-endian. */
  void sixteenBits() throws IOException {
    ByteBuffer message = ByteBuffer.allocate(20);
    message.putInt(0).put((byte) 16).put((byte) 16).put((byte) 0).put((byte) 1);
    message.putShort((short) 31).putShort((short) 63).putShort((short) 31);
    message.put((byte) 11).put((byte) 5).put((byte) 0);
    console.write(message.array());
    bytesPerPixel = 2;
  }

  void request(boolean incremental) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(10);
    message.put((byte) 3).put((byte) (incremental ? 1 : 0)).putShort((short) 0).putShort((short) 0);
    message.putShort((short) width).putShort((short) height);
    console.write(message.array());
  }

  void key(int keysym) throws IOException {
    for (int down = 1; down >= 0; down--) {
      console.write(
          ByteBuffer.allocate(8)
              .put((byte) 4)
              .put((byte) down)
              .putShort((short) 0)
              .putInt(keysym)
              .array());
    }
  }

  void type(String text) throws IOException {
    for (int c : text.codePoints().toArray()) {
      key(c == '\n' ? 0xff0d : c < 0x100 ? c : 0x01000000 + c);
    }
  }

  void pointer(int x, int y, int buttons) throws IOException {
    console.write(
        ByteBuffer.allocate(6)
            .put((byte) 5)
            .put((byte) buttons)
            .putShort((short) x)
            .putShort((short) y)
            .array());
  }

  void cutText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    console.write(
        ByteBuffer.allocate(8 + bytes.length)
            .putInt(0x06000000)
            .putInt(bytes.length)
            .put(bytes)
            .array());
  }

  /** Reads messages until an update was applied. */
  void update() throws IOException {
    while (true) {
      int type = console.read(1)[0];
      if (type == 3) {
        readCutText();
        continue;
      }
      if (type != 0) {
        throw new IOException("message " + type);
      }
      int rectangles = ByteBuffer.wrap(console.read(3)).getShort(1) & 0xffff;
      for (int i = 0; i < rectangles; i++) {
        rectangle();
      }
      return;
    }
  }

  void readCutText() throws IOException {
    int length = ByteBuffer.wrap(console.read(7)).getInt(3);
    cutTexts.add(new String(console.read(length), StandardCharsets.ISO_8859_1));
  }

  private void rectangle() throws IOException {
    ByteBuffer head = ByteBuffer.wrap(console.read(12));
    int x = head.getShort();
    int y = head.getShort();
    int w = head.getShort();
    int h = head.getShort();
    int encoding = head.getInt();
    encodingsSeen.add(encoding);
    switch (encoding) {
      case RAW -> put(x, y, w, decode(console.read(w * h * bytesPerPixel), bytesPerPixel));
      case COPY_RECT -> {
        ByteBuffer from = ByteBuffer.wrap(console.read(4));
        put(x, y, w, copy(from.getShort(), from.getShort(), w, h));
      }
      case TIGHT -> put(x, y, w, tight(w, h));
      case EXTENDED_KEYS -> {}
      default -> throw new IOException("encoding " + encoding);
    }
  }

  private int[] tight(int w, int h) throws IOException {
    int size = bytesPerPixel == 4 ? 3 : bytesPerPixel;
    int control = console.read(1)[0] & 0xff;
    int[] out = new int[w * h];
    if (control == 0x80) {
      java.util.Arrays.fill(out, decode(console.read(size), size)[0]);
      return out;
    }
    int stream = control >>> 4 & 3;
    boolean palette = (control & 0x40) != 0 && console.read(1)[0] == 1;
    if (!palette) {
      return decode(inflate(stream, w * h * size), size);
    }
    int colors = (console.read(1)[0] & 0xff) + 1;
    int[] table = decode(console.read(colors * size), size);
    int stride = (w + 7) / 8;
    byte[] indexes = inflate(stream, colors == 2 ? stride * h : w * h);
    for (int i = 0; i < out.length; i++) {
      int bit = indexes[colors == 2 ? i / w * stride + i % w / 8 : i] & 0xff;
      out[i] = table[colors == 2 ? bit >>> (7 - i % w % 8) & 1 : bit];
    }
    return out;
  }

  private byte[] inflate(int stream, int length) throws IOException {
    if (length < 12) {
      return console.read(length);
    }
    int packed = 0;
    int shift = 0;
    int b;
    do {
      b = console.read(1)[0] & 0xff;
      packed |= (shift < 14 ? b & 0x7f : b) << shift;
      shift += 7;
    } while (b >= 0x80 && shift < 21);
    inflaters[stream].setInput(console.read(packed));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[length];
    try {
      while (out.size() < length) {
        int n = inflaters[stream].inflate(buffer);
        if (n == 0) {
          throw new IOException("zlib stream too short");
        }
        out.write(buffer, 0, n);
      }
    } catch (DataFormatException e) {
      throw new IOException(e);
    }
    return out.toByteArray();
  }

  private static int[] decode(byte[] bytes, int size) {
    int[] out = new int[bytes.length / size];
    for (int i = 0; i < out.length; i++) {
      int a = bytes[i * size] & 0xff;
      int b = bytes[i * size + 1] & 0xff;
      int c = size > 2 ? bytes[i * size + 2] & 0xff : 0;
      out[i] = size == 4 ? c << 16 | b << 8 | a : size == 3 ? a << 16 | b << 8 | c : b << 8 | a;
    }
    return out;
  }

  private int[] copy(int x, int y, int w, int h) {
    int[] out = new int[w * h];
    for (int row = 0; row < h; row++) {
      System.arraycopy(pixels, (y + row) * width + x, out, row * w, w);
    }
    return out;
  }

  private void put(int x, int y, int w, int[] area) {
    for (int row = 0; row < area.length / Math.max(1, w); row++) {
      System.arraycopy(area, row * w, pixels, (y + row) * width + x, w);
    }
  }

  @Override
  public void close() throws IOException {
    console.close();
  }
}
