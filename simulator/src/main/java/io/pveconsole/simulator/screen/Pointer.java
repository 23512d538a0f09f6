// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

/** The arrow that follows the viewer's mouse; another colour while a button is down. */
final class Pointer {
  private static final String[] SHAPE = {
    "#           ",
    "##          ",
    "#o#         ",
    "#oo#        ",
    "#ooo#       ",
    "#oooo#      ",
    "#ooooo#     ",
    "#oooooo#    ",
    "#ooooooo#   ",
    "#ooooo####  ",
    "#oo#oo#     ",
    "#o# #oo#    ",
    "##  #oo#    ",
    "#    ##     "
  };

  private final Framebuffer frame;
  private int x = -1;
  private int y = -1;
  private int buttons;

  Pointer(Framebuffer frame) {
    this.frame = frame;
  }

  Rect area() {
    return new Rect(x, y, SHAPE[0].length(), SHAPE.length);
  }

  boolean visible() {
    return x >= 0;
  }

  void moveTo(int toX, int toY, int pressed) {
    x = Math.clamp(toX, 0, frame.width() - 1);
    y = Math.clamp(toY, 0, frame.height() - 1);
    buttons = pressed;
  }

  void paint() {
    if (!visible()) {
      return;
    }
    int inside = buttons == 0 ? Palette.POINTER : Palette.POINTER_PRESSED;
    for (int row = 0; row < SHAPE.length; row++) {
      for (int column = 0; column < SHAPE[row].length(); column++) {
        switch (SHAPE[row].charAt(column)) {
          case '#' -> frame.pixel(x + column, y + row, 0x000000);
          case 'o' -> frame.pixel(x + column, y + row, inside);
          default -> {}
        }
      }
    }
    frame.damaged(area());
  }

  String describe() {
    if (!visible()) {
      return "pointer -";
    }
    String pressed = buttons == 0 ? "" : " [" + Integer.toBinaryString(buttons & 7) + "]";
    return "pointer " + x + "," + y + pressed;
  }
}
