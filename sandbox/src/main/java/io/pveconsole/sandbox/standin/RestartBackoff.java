// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When a crashed container may start again: 1 s, doubled each time up to 30 s. */
final class RestartBackoff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** A container that ran this long starts over with the shortest wait. */
  private static final Duration PROVEN = Duration.ofMinutes(2);

  private final Clock clock;
  private Duration next = FIRST;
  private Instant due = Instant.MIN;

  RestartBackoff(Clock clock) {
    this.clock = clock;
  }

  void crashed(Instant startedAt) {
    Instant now = clock.instant();
    if (Duration.between(startedAt, now).compareTo(PROVEN) > 0) {
      next = FIRST;
    }
    due = now.plus(next);
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }

  boolean isDue() {
    return !clock.instant().isBefore(due);
  }
}
