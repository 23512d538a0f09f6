// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many at once, and then so many a second. For one thread. */
final class Pace {

  private final LongSupplier nanoTime;
  private final long step;
  private final long ahead;
  private long next;

  Pace(int atOnce, int perSecond, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.step = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
    this.ahead = step * atOnce;
    this.next = nanoTime.getAsLong() - ahead;
  }

  /** Counts one more; how long to wait before it. */
  Duration step() {
    long now = nanoTime.getAsLong();
    next = now - next > ahead ? now - ahead + step : next + step;
    return Duration.ofNanos(Math.max(0, next - now));
  }
}
