// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** RFC 6143 §7.4. */
record PixelFormat(
    int bitsPerPixel,
    int depth,
    boolean bigEndian,
    boolean trueColor,
    int redMax,
    int greenMax,
    int blueMax,
    int redShift,
    int greenShift,
    int blueShift) {

  /** What QEMU offers: 32 bits, little-endian, red at 16. */
  static final PixelFormat SERVER = new PixelFormat(32, 24, false, true, 255, 255, 255, 16, 8, 0);

  PixelFormat {
    if (bitsPerPixel != 8 && bitsPerPixel != 16 && bitsPerPixel != 32) {
      throw new IllegalArgumentException("bits per pixel: " + bitsPerPixel);
    }
  }

  static PixelFormat read(DataInputStream in) throws IOException {
    int bits = in.readUnsignedByte();
    if (bits != 8 && bits != 16 && bits != 32) {
      throw new IOException("unsupported bits per pixel " + bits);
    }
    PixelFormat format =
        new PixelFormat(
            bits,
            in.readUnsignedByte(),
            in.readUnsignedByte() != 0,
            in.readUnsignedByte() != 0,
            in.readUnsignedShort(),
            in.readUnsignedShort(),
            in.readUnsignedShort(),
            in.readUnsignedByte(),
            in.readUnsignedByte(),
            in.readUnsignedByte());
    in.skipNBytes(3);
    return format;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeByte(bitsPerPixel);
    out.writeByte(depth);
    out.writeBoolean(bigEndian);
    out.writeBoolean(trueColor);
    out.writeShort(redMax);
    out.writeShort(greenMax);
    out.writeShort(blueMax);
    out.writeByte(redShift);
    out.writeByte(greenShift);
    out.writeByte(blueShift);
    out.write(new byte[3]);
  }

  /** Bytes of a pixel in Raw. */
  int size() {
    return bitsPerPixel / 8;
  }

  /** Whether Tight sends three bytes, red, green, blue, instead of a whole pixel. */
  boolean tightPixel() {
    return bitsPerPixel == 32 && depth == 24 && redMax == 255 && greenMax == 255 && blueMax == 255;
  }

  /** Puts one 0xRRGGBB pixel into {@code out} at {@code at}. */
  void put(int rgb, byte[] out, int at) {
    int value =
        (scale(rgb >>> 16, redMax) << redShift)
            | (scale(rgb >>> 8, greenMax) << greenShift)
            | (scale(rgb, blueMax) << blueShift);
    int size = size();
    for (int i = 0; i < size; i++) {
      int shift = 8 * (bigEndian ? size - 1 - i : i);
      out[at + i] = (byte) (value >>> shift);
    }
  }

  private static int scale(int component, int max) {
    return ((component & 0xff) * max + 127) / 255;
  }
}
