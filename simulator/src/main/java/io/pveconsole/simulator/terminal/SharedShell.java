// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.terminal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one shell of a guest, seen by its screen and by any number of raw terminals. A terminal that
 * joins gets the recent output first, as a person attaching to a running console would want.
 * Listeners must not block for long.
 */
public final class SharedShell {
  private static final int REPLAY = 8 * 1024;

  private final Shell shell;
  private final StringBuilder recent = new StringBuilder();
  private final List<Consumer<String>> viewers = new ArrayList<>();

  /** A shell of a guest named {@code hostname}; {@code clipboard} takes what the guest copies. */
  public SharedShell(
      Supplier<String> hostname, Clock clock, Consumer<String> screen, Consumer<String> clipboard) {
    viewers.add(screen);
    shell = new Shell(hostname, clock, this::emit, clipboard);
    shell.greet();
  }

  /** Typed text, see {@link Shell#input}. */
  public synchronized void input(String typed) {
    shell.input(typed);
  }

  /** A clear screen and a fresh greeting. */
  public synchronized void reset() {
    emit("\u001b[2J\u001b[H");
    shell.greet();
  }

  /** A viewer's clipboard text. */
  public synchronized void pasted(String text) {
    shell.pasted(text);
  }

  synchronized void join(Consumer<String> viewer) {
    viewer.accept(recent.toString());
    viewers.add(viewer);
  }

  synchronized void leave(Consumer<String> viewer) {
    viewers.remove(viewer);
  }

  private void emit(String output) {
    recent.append(output);
    if (recent.length() > REPLAY) {
      int cut = recent.indexOf("\n", recent.length() - REPLAY) + 1;
      recent.delete(0, Math.max(cut, recent.length() - REPLAY));
    }
    viewers.forEach(v -> v.accept(output));
  }
}
