// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.async.OneTimer;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Runs something at a moment that may still move. Belongs to one event loop. */
final class Expiry {

  private static final long LOOK_AGAIN_MILLIS = 5000;

  private final OneTimer timer;
  private final Clock clock;
  private final Runnable over;

  Expiry(Vertx vertx, Clock clock, Runnable over) {
    this.timer = new OneTimer(vertx);
    this.clock = clock;
    this.over = over;
  }

  /** Sets or moves the moment. Looks again now and then: the clock may be set meanwhile. */
  void at(Instant moment) {
    long left = Duration.between(clock.instant(), moment).toMillis();
    long wait = Math.min(Math.max(1, left + 1), LOOK_AGAIN_MILLIS);
    timer.set(Duration.ofMillis(wait), () -> reached(moment));
  }

  private void reached(Instant moment) {
    if (clock.instant().isBefore(moment)) {
      at(moment);
    } else {
      over.run();
    }
  }

  void cancel() {
    timer.cancel();
  }
}
