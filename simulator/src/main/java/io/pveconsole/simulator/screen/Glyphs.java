// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The built-in font: coverage of 8×16 pixels for each character, made beforehand, so that no AWT is
 * needed.
 */
final class Glyphs {
  static final int WIDTH = 8;
  static final int HEIGHT = 16;

  private final Map<Integer, byte[]> coverage = new HashMap<>();
  private final byte[] unknown = new byte[WIDTH * HEIGHT];

  private Glyphs() {
    for (int y = 3; y < 13; y++) {
      for (int x = 1; x < 7; x++) {
        boolean edge = y == 3 || y == 12 || x == 1 || x == 6;
        unknown[y * WIDTH + x] = (byte) (edge ? 200 : 0);
      }
    }
  }

  /** The one copy of the font; immutable once loaded. */
  static Glyphs shared() {
    return Holder.GLYPHS;
  }

  private static final class Holder {
    private static final Glyphs GLYPHS = load();
  }

  private static Glyphs load() {
    Glyphs glyphs = new Glyphs();
    try (InputStream raw = Glyphs.class.getResourceAsStream("glyphs-8x16.gz")) {
      if (raw == null) {
        throw new IllegalStateException("The font glyphs-8x16.gz is not on the class path.");
      }
      DataInputStream in = new DataInputStream(new GZIPInputStream(raw));
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        int code = in.readUnsignedShort();
        glyphs.coverage.put(code, in.readNBytes(WIDTH * HEIGHT));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return glyphs;
  }

  /** Coverage 0..255 row by row; a box for characters the font lacks. */
  byte[] coverage(int character) {
    return coverage.getOrDefault(character == 0xa0 ? ' ' : character, unknown);
  }
}
