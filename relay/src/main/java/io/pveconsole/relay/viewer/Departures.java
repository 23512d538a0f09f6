// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Viewers whose browser has left and whose place is not given back yet. A page that is loaded anew
 * takes the place within that moment, and its going needs no write. Safe from any thread.
 */
public final class Departures {

  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Map<Long, Runnable> waiting = new ConcurrentHashMap<>();

  public Departures(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Gives a place back after {@link #PAUSE}.
   *
   * @param leave writes that the viewer is gone, if the place is still its own
   */
  void later(Runnable leave) {
    long timer = vertx.setTimer(PAUSE.toMillis(), this::leave);
    waiting.put(timer, leave);
  }

  /** Gives all places back that wait. */
  void now() {
    for (Long timer : List.copyOf(waiting.keySet())) {
      vertx.cancelTimer(timer);
      leave(timer);
    }
  }

  private void leave(Long timer) {
    Runnable leave = waiting.remove(timer);
    if (leave != null) {
      leave.run();
    }
  }
}
