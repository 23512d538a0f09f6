// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.console;

import java.util.ArrayList;
import java.util.List;

/**
 * One open console between pveproxy and the guest. What goes to the client is queued almost without
 * bound, because pveproxy exerts no back-pressure; {@code toClient().highest()} tells how bad it
 * became.
 */
public final class ConsoleChannel {
  private static final long TO_GUEST_LIMIT = 520 * 1024;
  private static final long TO_CLIENT_LIMIT = 64L * 1024 * 1024;

  private final BytePipe toGuest = new BytePipe(TO_GUEST_LIMIT);
  private final BytePipe toClient = new BytePipe(TO_CLIENT_LIMIT);
  private final List<Runnable> onClose = new ArrayList<>();
  private boolean closed;

  /** Client to guest. */
  public BytePipe toGuest() {
    return toGuest;
  }

  /** Guest to client. */
  public BytePipe toClient() {
    return toClient;
  }

  /** Runs once when the console ends; at once if it has. */
  public void onClose(Runnable action) {
    synchronized (this) {
      if (!closed) {
        onClose.add(action);
        return;
      }
    }
    action.run();
  }

  /** Ends the console; bytes already queued still arrive. */
  public void close() {
    List<Runnable> actions;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      actions = List.copyOf(onClose);
    }
    toGuest.close();
    toClient.close();
    actions.forEach(Runnable::run);
  }

  /** Whether the console has ended. */
  public synchronized boolean closed() {
    return closed;
  }

  long silentNanos() {
    return System.nanoTime() - Math.max(toGuest.lastWriteNanos(), toClient.lastWriteNanos());
  }
}
