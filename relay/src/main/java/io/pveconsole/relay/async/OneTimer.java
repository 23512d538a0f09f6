// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.async;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * At most one thing to come, which can be moved or called off. Vert.x numbers its timers from 0, so
 * a number that was never given must not be cancelled. Belongs to one event loop.
 */
public final class OneTimer {

  private static final long NONE = -1;

  private final Vertx vertx;
  private long timer = NONE;

  /** Nothing is to come yet. */
  public OneTimer(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Runs this later, and what was set before not at all.
   *
   * @param delay 1 ms where it is shorter
   */
  public void set(Duration delay, Runnable work) {
    cancel();
    timer =
        vertx.setTimer(
            Math.max(1, delay.toMillis()),
            id -> {
              timer = NONE;
              work.run();
            });
  }

  /** Runs nothing. */
  public void cancel() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }
}
