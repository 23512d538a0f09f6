// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.console;

import io.pveconsole.sandbox.SandboxException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What the sandbox prints. Thread-safe; a message is never torn apart by another. */
public final class Console {

  private final PrintStream out;
  private final LongSupplier nanos;
  private final long startedAt;

  /**
   * Starts to count time.
   *
   * @param nanos monotonic clock
   */
  public Console(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
  }

  /** Something is done, or begins; shown with the time since the start. */
  public void progress(String what) {
    Duration since = Duration.ofNanos(nanos.getAsLong() - startedAt);
    say(String.format(Locale.ROOT, "%6.1f s  %s", since.toMillis() / 1000.0, what));
  }

  /** One or several lines. */
  public synchronized void say(String text) {
    out.println(text);
    out.flush();
  }

  /** A link to a console, which tools may look for. */
  public void link(String url) {
    say("Console: " + url);
  }

  /** What went wrong and what to do. */
  public void failure(SandboxException e) {
    say("\nError: " + e.getMessage() + "\n" + e.cure().indent(2).stripTrailing());
  }
}
