// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps activeSessions from being written more than every 10 seconds. */
final class SessionCount {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Duration UNCOUNTED = Duration.ofSeconds(1);

  private final Clock clock;
  private final Map<String, Instant> written = new ConcurrentHashMap<>();

  SessionCount(Clock clock) {
    this.clock = clock;
  }

  /** What to write now, and when to look again if that is not the number counted. */
  Report report(String uid, @Nullable Integer before, OptionalInt counted) {
    if (counted.isEmpty()) {
      return new Report(before, Optional.of(UNCOUNTED));
    }
    int count = counted.getAsInt();
    if (before != null && before == count) {
      return new Report(before, Optional.empty());
    }
    Instant now = clock.instant();
    Instant last = written.get(uid);
    if (before != null && last != null && now.isBefore(last.plus(INTERVAL))) {
      return new Report(before, Optional.of(Duration.between(now, last.plus(INTERVAL))));
    }
    written.put(uid, now);
    return new Report(count, Optional.empty());
  }

  /** The number for the status. */
  record Report(@Nullable Integer count, Optional<Duration> again) {}

  void forget(String uid) {
    written.remove(uid);
  }
}
