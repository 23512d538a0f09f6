// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a guest saw last of keys, pointer and terminals, one a line, for tests of what arrives. */
final class InputLog {
  private static final int KEPT = 2000;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void key(int keysym, boolean down) {
    add("key " + Integer.toHexString(keysym) + (down ? " down" : " up"));
  }

  /** Only what differs from the event before. */
  synchronized void pointer(int x, int y, int buttons) {
    String line = "pointer " + x + "," + y + " " + buttons;
    if (!line.equals(lines.peekLast())) {
      add(line);
    }
  }

  synchronized void add(String line) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  synchronized String text() {
    return String.join("\n", lines);
  }
}
