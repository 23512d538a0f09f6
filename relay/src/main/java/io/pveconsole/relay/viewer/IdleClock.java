// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.async.OneTimer;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Measures how long nobody has done anything; warns before the end. Belongs to one event loop. */
final class IdleClock {

  private static final Duration WARNING = Duration.ofSeconds(60);

  /** Who is told. */
  interface Events {

    /** It will be over soon. */
    void warn(Duration left);

    /** Somebody is there again after a warning. */
    void active();

    /** It is over. */
    void timeout();
  }

  private final OneTimer timer;
  private final Events events;
  private Duration limit;
  private long lastInput = System.nanoTime();
  private boolean warned;
  private boolean stopped;

  IdleClock(Vertx vertx, Duration limit, Events events) {
    this.timer = new OneTimer(vertx);
    this.limit = limit;
    this.events = events;
  }

  void start() {
    schedule();
  }

  /** Somebody did something. */
  void touch() {
    lastInput = System.nanoTime();
    if (warned) {
      warned = false;
      events.active();
      schedule();
    }
  }

  void limit(Duration changed) {
    if (!changed.equals(limit)) {
      limit = changed;
      if (warned) {
        warned = false;
        events.active();
      }
      schedule();
    }
  }

  void stop() {
    stopped = true;
    timer.cancel();
  }

  private Duration warning() {
    Duration half = limit.dividedBy(2);
    return half.compareTo(WARNING) < 0 ? half : WARNING;
  }

  private void schedule() {
    if (stopped) {
      return;
    }
    Duration left = left();
    Duration next = warned ? left : left.minus(warning());
    timer.set(next, this::check);
  }

  private Duration left() {
    return limit.minusNanos(System.nanoTime() - lastInput);
  }

  private void check() {
    Duration left = left();
    if (left.isZero() || left.isNegative()) {
      stopped = true;
      events.timeout();
      return;
    }
    if (!warned && left.compareTo(warning()) <= 0) {
      warned = true;
      events.warn(left);
    }
    schedule();
  }
}
