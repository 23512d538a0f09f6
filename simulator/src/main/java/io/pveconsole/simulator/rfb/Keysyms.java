// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import java.util.Locale;

/**
 * X11 keysyms to what a terminal would send; keeps the state of the control key. Not thread-safe.
 */
public final class Keysyms {
  private static final int CONTROL_LEFT = 0xffe3;
  private static final int CONTROL_RIGHT = 0xffe4;
  private static final int UNICODE = 0x01000000;

  private boolean control;

  /** The terminal input of a key event; empty for releases, modifiers and unknown keys. */
  public String input(int keysym, boolean down) {
    if (keysym == CONTROL_LEFT || keysym == CONTROL_RIGHT) {
      control = down;
      return "";
    }
    return down ? pressed(keysym) : "";
  }

  private String pressed(int keysym) {
    if (keysym >= UNICODE + 0x20 && keysym <= UNICODE + 0x10ffff) {
      return Character.toString(keysym - UNICODE);
    }
    boolean latin = (keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff);
    if (latin) {
      String typed = Character.toString(keysym);
      boolean letter = keysym >= 0x40 && keysym <= 0x7e;
      return control && letter
          ? Character.toString(typed.toUpperCase(Locale.ROOT).charAt(0) & 0x1f)
          : typed;
    }
    return switch (keysym) {
      case 0xff0d, 0xff8d -> "\r";
      case 0xff08 -> "\u007f";
      case 0xff09 -> "\t";
      case 0xff1b -> "\u001b\u001b";
      case 0xff52 -> "\u001b[A";
      case 0xff54 -> "\u001b[B";
      case 0xff80 -> " ";
      case 0xffaa -> "*";
      case 0xffab -> "+";
      case 0xffad -> "-";
      case 0xffae -> ".";
      case 0xffaf -> "/";
      default -> keysym >= 0xffb0 && keysym <= 0xffb9 ? String.valueOf(keysym - 0xffb0) : "";
    };
  }
}
