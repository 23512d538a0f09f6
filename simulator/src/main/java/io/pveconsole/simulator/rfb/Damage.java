// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import io.pveconsole.simulator.screen.Rect;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client has not seen yet, in tiles of 16×8 pixels, and by how much its picture has to be
 * scrolled before the tiles are sent. Guarded by the framebuffer's lock.
 */
final class Damage {
  private static final int TILE_WIDTH = 16;
  private static final int TILE_HEIGHT = 8;

  private final int width;
  private final int height;
  private final int columns;
  private final int rows;
  private final BitSet tiles = new BitSet();
  private @Nullable Rect scrolledArea;
  private int scrolledRows;

  Damage(int width, int height) {
    this.width = width;
    this.height = height;
    columns = (width + TILE_WIDTH - 1) / TILE_WIDTH;
    rows = (height + TILE_HEIGHT - 1) / TILE_HEIGHT;
  }

  void add(Rect area) {
    if (area.width() <= 0 || area.height() <= 0) {
      return;
    }
    int right = (area.x() + area.width() - 1) / TILE_WIDTH;
    int bottom = (area.y() + area.height() - 1) / TILE_HEIGHT;
    for (int row = area.y() / TILE_HEIGHT; row <= bottom; row++) {
      tiles.set(row * columns + area.x() / TILE_WIDTH, row * columns + right + 1);
    }
  }

  /** Everything in {@code area} moved up. Without {@code copyRect} that is plain damage. */
  void scrolledUp(Rect area, int up, boolean copyRect) {
    boolean movable =
        copyRect
            && area.x() == 0
            && area.width() == width
            && area.y() % TILE_HEIGHT == 0
            && area.height() % TILE_HEIGHT == 0
            && up % TILE_HEIGHT == 0
            && (scrolledArea == null || scrolledArea.equals(area))
            && scrolledRows + up < area.height();
    if (!movable) {
      scrolledArea = null;
      scrolledRows = 0;
      add(area);
      return;
    }
    scrolledArea = area;
    scrolledRows += up;
    int first = area.y() / TILE_HEIGHT * columns;
    int end = (area.y() + area.height()) / TILE_HEIGHT * columns;
    int shift = up / TILE_HEIGHT * columns;
    BitSet moved = tiles.get(first + shift, end);
    tiles.clear(first, end);
    moved.stream().forEach(i -> tiles.set(first + i));
  }

  boolean isEmpty() {
    return tiles.isEmpty() && scrolledArea == null;
  }

  /** The pending scroll as (target area, rows), and forgets it; null when there is none. */
  @Nullable Scroll takeScroll() {
    Rect area = scrolledArea;
    if (area == null) {
      return null;
    }
    Scroll scroll =
        new Scroll(
            new Rect(area.x(), area.y(), area.width(), area.height() - scrolledRows), scrolledRows);
    scrolledArea = null;
    scrolledRows = 0;
    return scroll;
  }

  /** The damaged tiles as few rectangles, and forgets them. */
  List<Rect> takeAreas() {
    List<Rect> areas = new ArrayList<>();
    for (int from = tiles.nextSetBit(0); from >= 0; from = tiles.nextSetBit(0)) {
      int row = from / columns;
      int end = Math.min(tiles.nextClearBit(from), (row + 1) * columns);
      int last = row;
      while (last + 1 < rows && allSet(from % columns, end - from, last + 1)) {
        last++;
      }
      for (int r = row; r <= last; r++) {
        int start = r * columns + from % columns;
        tiles.clear(start, start + end - from);
      }
      areas.add(
          new Rect(
                  from % columns * TILE_WIDTH,
                  row * TILE_HEIGHT,
                  (end - from) * TILE_WIDTH,
                  (last - row + 1) * TILE_HEIGHT)
              .within(width, height));
    }
    return areas;
  }

  private boolean allSet(int column, int length, int row) {
    int start = row * columns + column;
    return tiles.nextClearBit(start) >= start + length;
  }

  /** Fill {@code target} with what is {@code rows} pixels below it. */
  record Scroll(Rect target, int rows) {}
}
