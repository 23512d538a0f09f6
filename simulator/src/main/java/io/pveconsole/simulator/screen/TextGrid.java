// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

import java.util.Arrays;

/**
 * Cells of text painted into a part of a framebuffer, with a cursor and scrolling. Needs the
 * framebuffer's lock.
 */
final class TextGrid {
  private static final int MARGIN = 8;

  private final Framebuffer frame;
  private final Glyphs glyphs;
  private final int top;
  private final int columns;
  private final int rows;
  private final int[] characters;
  private final int[] foregrounds;
  private final int[] backgrounds;
  private int column;
  private int row;
  private boolean wrapPending;
  private boolean cursorShown;

  /**
   * Text below {@code top}, which is a multiple of 8 so that scrolled areas consist of whole tiles.
   */
  TextGrid(Framebuffer frame, Glyphs glyphs, int top) {
    this.frame = frame;
    this.glyphs = glyphs;
    this.top = top;
    columns = (frame.width() - 2 * MARGIN) / Glyphs.WIDTH;
    rows = (frame.height() - top) / Glyphs.HEIGHT;
    characters = new int[columns * rows];
    foregrounds = new int[columns * rows];
    backgrounds = new int[columns * rows];
    clear();
  }

  void clear() {
    Arrays.fill(characters, ' ');
    Arrays.fill(foregrounds, Palette.FOREGROUND);
    Arrays.fill(backgrounds, Palette.BACKGROUND);
    Rect below = new Rect(0, StatusBar.HEIGHT, frame.width(), frame.height() - StatusBar.HEIGHT);
    frame.fill(below, Palette.BACKGROUND);
    moveTo(0, 0);
  }

  void put(int character, int foreground, int background) {
    if (wrapPending) {
      column = 0;
      newLine();
    }
    int cell = row * columns + column;
    set(cell, character, foreground, background);
    paint(cell);
    if (column == columns - 1) {
      wrapPending = true;
    } else {
      column++;
    }
  }

  void newLine() {
    wrapPending = false;
    if (row < rows - 1) {
      row++;
      return;
    }
    int moved = columns * (rows - 1);
    System.arraycopy(characters, columns, characters, 0, moved);
    System.arraycopy(foregrounds, columns, foregrounds, 0, moved);
    System.arraycopy(backgrounds, columns, backgrounds, 0, moved);
    for (int cell = moved; cell < characters.length; cell++) {
      set(cell, ' ', Palette.FOREGROUND, Palette.BACKGROUND);
    }
    int height = rows * Glyphs.HEIGHT;
    frame.scrollUp(new Rect(0, top, frame.width(), height), Glyphs.HEIGHT);
    int lastRow = top + height - Glyphs.HEIGHT;
    frame.fill(new Rect(0, lastRow, frame.width(), Glyphs.HEIGHT), Palette.BACKGROUND);
  }

  void carriageReturn() {
    wrapPending = false;
    column = 0;
  }

  void back() {
    if (wrapPending) {
      wrapPending = false;
    } else if (column > 0) {
      column--;
    } else if (row > 0) {
      row--;
      column = columns - 1;
    }
  }

  void moveTo(int toRow, int toColumn) {
    wrapPending = false;
    row = Math.clamp(toRow, 0, rows - 1);
    column = Math.clamp(toColumn, 0, columns - 1);
  }

  void eraseToEndOfLine() {
    for (int cell = row * columns + column; cell < (row + 1) * columns; cell++) {
      set(cell, ' ', Palette.FOREGROUND, Palette.BACKGROUND);
      paint(cell);
    }
  }

  /** Shows or hides the cursor at its place. */
  void cursor(boolean shown) {
    if (shown) {
      Rect cell = area(row * columns + column);
      frame.fill(new Rect(cell.x(), cell.y() + Glyphs.HEIGHT - 3, Glyphs.WIDTH, 2), Palette.CURSOR);
    } else if (cursorShown) {
      paint(row * columns + column);
    }
    cursorShown = shown;
  }

  /** Paints the cells, and the empty margin, under an area again. */
  void repaint(Rect damaged) {
    fillBackground(damaged.within(frame.width(), frame.height()));
    int bottom = damaged.y() + damaged.height() - 1 - top;
    for (int r = Math.max(0, (damaged.y() - top) / Glyphs.HEIGHT);
        bottom >= 0 && r <= Math.min(rows - 1, bottom / Glyphs.HEIGHT);
        r++) {
      int right = (damaged.x() + damaged.width() - 1 - MARGIN) / Glyphs.WIDTH;
      for (int c = Math.max(0, (damaged.x() - MARGIN) / Glyphs.WIDTH);
          c <= Math.min(columns - 1, right);
          c++) {
        paint(r * columns + c);
      }
    }
  }

  private void fillBackground(Rect area) {
    int start = Math.max(area.y(), StatusBar.HEIGHT);
    if (area.y() + area.height() > start) {
      int height = area.y() + area.height() - start;
      frame.fill(new Rect(area.x(), start, area.width(), height), Palette.BACKGROUND);
    }
  }

  String text() {
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.appendCodePoint(characters[r * columns + c]);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString().stripTrailing() + "\n";
  }

  private void set(int cell, int character, int foreground, int background) {
    characters[cell] = character;
    foregrounds[cell] = foreground;
    backgrounds[cell] = background;
  }

  private void paint(int cell) {
    Rect at = area(cell);
    byte[] glyph = glyphs.coverage(characters[cell]);
    frame.glyph(at.x(), at.y(), glyph, foregrounds[cell], backgrounds[cell]);
  }

  private Rect area(int cell) {
    return new Rect(
        MARGIN + cell % columns * Glyphs.WIDTH,
        top + cell / columns * Glyphs.HEIGHT,
        Glyphs.WIDTH,
        Glyphs.HEIGHT);
  }
}
