// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pixels as 0xRRGGBB, and the listeners that learn what changed. Drawing and reading need {@link
 * #lock()}; listeners are called with the lock held and must not block.
 */
public final class Framebuffer {
  private final int width;
  private final int height;
  private final int[] pixels;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Learns of changes. */
  public interface Listener {
    /** These pixels changed. */
    void damaged(Rect area);

    /**
     * Everything in {@code area} moved up by {@code rows} pixels; the rows left free are damaged
     * separately.
     */
    void scrolledUp(Rect area, int rows);
  }

  /** A black picture. */
  public Framebuffer(int width, int height) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
  }

  /** Width in pixels. */
  public int width() {
    return width;
  }

  /** Height in pixels. */
  public int height() {
    return height;
  }

  /** Guards the pixels. */
  public ReentrantLock lock() {
    return lock;
  }

  /** Adds a listener. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Removes a listener. */
  public void unlisten(Listener listener) {
    listeners.remove(listener);
  }

  /** Copies an area row by row; with the lock held. */
  public int[] copy(Rect area) {
    int[] out = new int[area.width() * area.height()];
    for (int row = 0; row < area.height(); row++) {
      int from = (area.y() + row) * width + area.x();
      System.arraycopy(pixels, from, out, row * area.width(), area.width());
    }
    return out;
  }

  void fill(Rect area, int color) {
    for (int y = area.y(); y < area.y() + area.height(); y++) {
      int from = y * width + area.x();
      Arrays.fill(pixels, from, from + area.width(), color);
    }
    damaged(area);
  }

  void pixel(int x, int y, int color) {
    if (x >= 0 && y >= 0 && x < width && y < height) {
      pixels[y * width + x] = color;
    }
  }

  void glyph(int x, int y, byte[] coverage, int foreground, int background) {
    for (int row = 0; row < Glyphs.HEIGHT; row++) {
      int at = (y + row) * width + x;
      for (int column = 0; column < Glyphs.WIDTH; column++) {
        int alpha = coverage[row * Glyphs.WIDTH + column] & 0xff;
        pixels[at + column] = blend(foreground, background, alpha);
      }
    }
    damaged(new Rect(x, y, Glyphs.WIDTH, Glyphs.HEIGHT));
  }

  void scrollUp(Rect area, int rows) {
    for (int y = area.y(); y < area.y() + area.height() - rows; y++) {
      System.arraycopy(
          pixels, (y + rows) * width + area.x(), pixels, y * width + area.x(), area.width());
    }
    listeners.forEach(l -> l.scrolledUp(area, rows));
  }

  void damaged(Rect area) {
    Rect inside = area.within(width, height);
    listeners.forEach(l -> l.damaged(inside));
  }

  private static int blend(int foreground, int background, int alpha) {
    if (alpha == 0) {
      return background;
    }
    int out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int f = (foreground >>> shift) & 0xff;
      int b = (background >>> shift) & 0xff;
      out |= ((f * alpha + b * (255 - alpha) + 127) / 255) << shift;
    }
    return out;
  }
}
