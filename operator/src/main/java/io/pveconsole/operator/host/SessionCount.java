// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps activeSessions from being written more than every 10 seconds. */
final class SessionCount {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Clock clock;
  private final Map<String, Instant> written = new ConcurrentHashMap<>();

  SessionCount(Clock clock) {
    this.clock = clock;
  }

  /** What to write now: the new number, or the old one while it is too early. */
  @Nullable Integer toWrite(String uid, @Nullable Integer before, int counted) {
    if (before != null && before == counted) {
      return before;
    }
    Instant now = clock.instant();
    Instant last = written.get(uid);
    if (before != null && last != null && now.isBefore(last.plus(INTERVAL))) {
      return before;
    }
    written.put(uid, now);
    return counted;
  }

  void forget(String uid) {
    written.remove(uid);
  }
}
