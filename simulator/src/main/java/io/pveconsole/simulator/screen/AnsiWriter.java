// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.screen;

/**
 * Writes terminal output into a grid: text, the usual controls, colours, home, clear, erase to the
 * line's end.
 */
final class AnsiWriter {
  private final TextGrid grid;
  private final StringBuilder sequence = new StringBuilder();
  private boolean escaped;
  private int foreground = Palette.FOREGROUND;
  private int background = Palette.BACKGROUND;

  AnsiWriter(TextGrid grid) {
    this.grid = grid;
  }

  void write(String text) {
    text.codePoints().forEach(this::character);
  }

  private void character(int c) {
    if (escaped) {
      sequence.appendCodePoint(c);
      boolean introducer = sequence.length() == 1 && c == '[';
      if (!introducer && c >= 0x40 && c <= 0x7e) {
        escaped = false;
        run(sequence.toString());
      }
      return;
    }
    switch (c) {
      case 0x1b -> {
        escaped = true;
        sequence.setLength(0);
      }
      case '\n' -> grid.newLine();
      case '\r' -> grid.carriageReturn();
      case '\b' -> grid.back();
      default -> {
        if (c >= 0x20 && c != 0x7f) {
          grid.put(c, foreground, background);
        }
      }
    }
  }

  private void run(String sequenceText) {
    String arguments = sequenceText.substring(1, sequenceText.length() - 1);
    switch (sequenceText.charAt(sequenceText.length() - 1)) {
      case 'm' -> {
        for (String code : arguments.split(";", -1)) {
          color(code.isEmpty() ? 0 : Integer.parseInt(code));
        }
      }
      case 'H' -> grid.moveTo(0, 0);
      case 'J' -> grid.clear();
      case 'K' -> grid.eraseToEndOfLine();
      default -> throw new IllegalArgumentException("unknown sequence " + sequenceText);
    }
  }

  private void color(int code) {
    if (code == 0) {
      foreground = Palette.FOREGROUND;
      background = Palette.BACKGROUND;
    } else if (code >= 30 && code <= 37) {
      foreground = Palette.ansi(code - 30);
    } else if (code >= 90 && code <= 97) {
      foreground = Palette.ansi(code - 90 + 8);
    } else if (code >= 40 && code <= 47) {
      background = Palette.ansi(code - 40);
    } else if (code >= 100 && code <= 107) {
      background = Palette.ansi(code - 100 + 8);
    }
  }
}
