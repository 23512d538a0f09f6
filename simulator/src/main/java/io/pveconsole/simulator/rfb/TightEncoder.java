// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Tight encoding without JPEG: fill, palette and copy, each filter with a zlib stream of its own
 * that lives as long as the connection.
 */
final class TightEncoder {
  private static final int FILL = 0x80;
  private static final int EXPLICIT_FILTER = 0x40;
  private static final int PALETTE_FILTER = 1;
  private static final int MIN_TO_COMPRESS = 12;
  private static final int MAX_COLORS = 256;

  private final Deflater[] streams = {
    new Deflater(Deflater.BEST_SPEED),
    new Deflater(Deflater.BEST_SPEED),
    new Deflater(Deflater.BEST_SPEED)
  };

  void encode(DataOutputStream out, PixelFormat format, int[] pixels, int width)
      throws IOException {
    Map<Integer, Integer> palette = palette(pixels);
    if (palette.size() == 1) {
      out.writeByte(FILL);
      out.write(pixels(format, pixels, 1));
    } else if (palette.size() <= MAX_COLORS) {
      int stream = palette.size() == 2 ? 1 : 2;
      out.writeByte(EXPLICIT_FILTER | (stream << 4));
      out.writeByte(PALETTE_FILTER);
      out.writeByte(palette.size() - 1);
      int[] colors = palette.keySet().stream().mapToInt(Integer::intValue).toArray();
      out.write(pixels(format, colors, colors.length));
      byte[] indexes =
          palette.size() == 2 ? bits(palette, pixels, width) : indexes(palette, pixels);
      compressed(out, streams[stream], indexes);
    } else {
      out.writeByte(0);
      compressed(out, streams[0], pixels(format, pixels, pixels.length));
    }
  }

  void end() {
    for (Deflater stream : streams) {
      stream.end();
    }
  }

  /** Colours in order of appearance; stops counting beyond what a palette can hold. */
  private static Map<Integer, Integer> palette(int[] pixels) {
    Map<Integer, Integer> palette = new java.util.LinkedHashMap<>();
    int last = ~pixels[0];
    for (int pixel : pixels) {
      if (pixel != last) {
        palette.putIfAbsent(pixel, palette.size());
        last = pixel;
        if (palette.size() > MAX_COLORS) {
          return palette;
        }
      }
    }
    return palette;
  }

  private static byte[] indexes(Map<Integer, Integer> palette, int[] pixels) {
    Map<Integer, Integer> lookup = new HashMap<>(palette);
    byte[] out = new byte[pixels.length];
    int last = ~pixels[0];
    byte index = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != last) {
        last = pixels[i];
        index = lookup.getOrDefault(last, 0).byteValue();
      }
      out[i] = index;
    }
    return out;
  }

  /** One bit per pixel, each row padded to whole bytes. */
  private static byte[] bits(Map<Integer, Integer> palette, int[] pixels, int width) {
    int stride = (width + 7) / 8;
    byte[] out = new byte[stride * (pixels.length / width)];
    int first = palette.keySet().iterator().next();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != first) {
        out[i / width * stride + i % width / 8] |= (byte) (0x80 >>> (i % width % 8));
      }
    }
    return out;
  }

  private static byte[] pixels(PixelFormat format, int[] pixels, int count) {
    int size = format.tightPixel() ? 3 : format.size();
    byte[] out = new byte[size * count];
    for (int i = 0; i < count; i++) {
      if (format.tightPixel()) {
        out[3 * i] = (byte) (pixels[i] >>> 16);
        out[3 * i + 1] = (byte) (pixels[i] >>> 8);
        out[3 * i + 2] = (byte) pixels[i];
      } else {
        format.put(pixels[i], out, size * i);
      }
    }
    return out;
  }

  private static void compressed(DataOutputStream out, Deflater stream, byte[] data)
      throws IOException {
    if (data.length < MIN_TO_COMPRESS) {
      out.write(data);
      return;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    stream.setInput(data);
    int length;
    do {
      length = stream.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      packed.write(buffer, 0, length);
    } while (length == buffer.length);
    compactLength(out, packed.size());
    packed.writeTo(out);
  }

  private static void compactLength(DataOutputStream out, int length) throws IOException {
    if (length < 128) {
      out.writeByte(length);
    } else if (length < 16384) {
      out.writeByte((length & 0x7f) | 0x80);
      out.writeByte(length >>> 7);
    } else {
      out.writeByte((length & 0x7f) | 0x80);
      out.writeByte(((length >>> 7) & 0x7f) | 0x80);
      out.writeByte(length >>> 14);
    }
  }
}
