// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

/**
 * The line at the top: which guest, where, the pointer, and a clock. Repaints only what changed.
 */
final class StatusBar {
  static final int HEIGHT = 24;
  private static final int TEXT_TOP = 4;

  private final Framebuffer frame;
  private final Glyphs glyphs;
  private final int columns;
  private String shown = "";

  StatusBar(Framebuffer frame, Glyphs glyphs) {
    this.frame = frame;
    this.glyphs = glyphs;
    columns = frame.width() / Glyphs.WIDTH;
    frame.fill(new Rect(0, 0, frame.width(), HEIGHT), Palette.BAR);
  }

  void show(String left, String right) {
    int room = Math.max(1, columns - 2 - left.length() - right.length());
    String line = " " + left + " ".repeat(room) + right + " ";
    String next = line.substring(0, Math.min(columns, line.length()));
    for (int i = 0; i < next.length(); i++) {
      if (i >= shown.length() || shown.charAt(i) != next.charAt(i)) {
        paint(next, i);
      }
    }
    shown = next;
  }

  void repaint(Rect damaged) {
    if (damaged.y() >= HEIGHT) {
      return;
    }
    Rect bar = new Rect(damaged.x(), 0, damaged.width(), HEIGHT).within(frame.width(), HEIGHT);
    frame.fill(bar, Palette.BAR);
    for (int i = 0; i < shown.length(); i++) {
      int x = i * Glyphs.WIDTH;
      if (new Rect(x, 0, Glyphs.WIDTH, HEIGHT).touches(bar)) {
        paint(shown, i);
      }
    }
  }

  String text() {
    return shown.strip();
  }

  private void paint(String line, int index) {
    int color =
        index <= line.indexOf('·') || line.indexOf('·') < 0 ? Palette.BAR_TEXT : Palette.BAR_DIM;
    frame.glyph(
        index * Glyphs.WIDTH, TEXT_TOP, glyphs.coverage(line.charAt(index)), color, Palette.BAR);
  }
}
