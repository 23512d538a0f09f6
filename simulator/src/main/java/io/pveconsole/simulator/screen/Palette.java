// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

/** The colours of the screen: sixteen for text, a few for the frame. */
final class Palette {
  static final int BACKGROUND = 0x10151c;
  static final int FOREGROUND = 0xd3dae3;
  static final int BAR = 0x27384d;
  static final int BAR_TEXT = 0xf2f5f9;
  static final int BAR_DIM = 0x9fb4cc;
  static final int CURSOR = 0x7fd1ff;
  static final int POINTER = 0xffd75f;
  static final int POINTER_PRESSED = 0xff6b5e;

  private static final int[] ANSI = {
    0x1f2833, 0xe06c75, 0x8fce7a, 0xe0b568, 0x6cabf0, 0xc38df0, 0x5cc9cf, 0xb7c2cf,
    0x5b6b7d, 0xff8f98, 0xb2ef9c, 0xffd98a, 0x98c8ff, 0xdfb6ff, 0x88ecf0, 0xffffff
  };

  private Palette() {}

  static int ansi(int index) {
    return ANSI[index & 15];
  }
}
