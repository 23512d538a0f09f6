// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Says that nobody wants a console any more that is still being opened: whoever waits in a queue
 * leaves it at once, and no further step begins. Safe from any thread.
 */
public final class Abandonment {

  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private boolean done;

  /** Gives up; calling it again changes nothing. */
  public void now() {
    List<Runnable> told;
    synchronized (listeners) {
      if (done) {
        return;
      }
      done = true;
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(Runnable::run);
  }

  /** Whether it was given up. */
  public boolean isDone() {
    synchronized (listeners) {
      return done;
    }
  }

  /** Calls once, on the thread that gives up; at once if that has happened. */
  public void listen(Runnable listener) {
    synchronized (listeners) {
      if (!done) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  /** Takes a listener away. */
  public void forget(Runnable listener) {
    synchronized (listeners) {
      listeners.remove(listener);
    }
  }
}
