// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

/** A rectangle of pixels. */
public record Rect(int x, int y, int width, int height) {

  /** Whether any pixel belongs to both. */
  boolean touches(Rect other) {
    return x < other.x + other.width
        && other.x < x + width
        && y < other.y + other.height
        && other.y < y + height;
  }

  /** The part inside the given size; may be empty. */
  public Rect within(int maxWidth, int maxHeight) {
    int left = Math.clamp(x, 0, maxWidth);
    int top = Math.clamp(y, 0, maxHeight);
    int right = Math.clamp((long) x + width, left, maxWidth);
    int bottom = Math.clamp((long) y + height, top, maxHeight);
    return new Rect(left, top, right - left, bottom - top);
  }
}
