// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.console;

import java.util.Optional;
import java.util.TreeMap;

/**
 * The ports 5900-5999 of one host. Only a waiting console holds one: as soon as its connection is
 * there, the same number is handed out again. The ports exist inside the simulator only.
 */
public final class ConsolePorts {
  static final int FIRST = 5900;
  static final int LAST = 5999;

  private final TreeMap<Integer, ConsoleWorker> waiting = new TreeMap<>();
  private int mostWaiting;

  /** Takes the lowest free port for {@code worker}; empty when all hundred are waiting. */
  public synchronized Optional<Integer> reserve(ConsoleWorker worker) {
    for (int port = FIRST; port <= LAST; port++) {
      if (!waiting.containsKey(port)) {
        waiting.put(port, worker);
        mostWaiting = Math.max(mostWaiting, waiting.size());
        return Optional.of(port);
      }
    }
    return Optional.empty();
  }

  /** The worker behind a port, which thereby stops listening; empty when nothing listens. */
  public synchronized Optional<ConsoleWorker> accept(int port) {
    return Optional.ofNullable(waiting.remove(port));
  }

  /** Gives a port back that nobody connected to. Returns false when somebody has. */
  synchronized boolean release(int port, ConsoleWorker worker) {
    return waiting.remove(port, worker);
  }

  /** How many consoles wait for their connection. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** How many have ever waited at once. */
  public synchronized int mostWaiting() {
    return mostWaiting;
  }
}
