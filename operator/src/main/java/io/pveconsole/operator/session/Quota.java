// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Counts sessions against the limits of their host. Passes run in parallel on one cache that is
 * late, so a place is reserved in one critical section per host until the cache shows it taken. The
 * cache is counted once a second, since with thousands of sessions that takes longer than the rest:
 * whoever came meanwhile holds a place, and nobody is refused on an old count.
 */
final class Quota {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final Function<HostKey, List<ConsoleSession>> cached;
  private final LongSupplier nanos;
  private final Map<HostKey, Places> hosts = new ConcurrentHashMap<>();

  /** Counts what the cache has, by a clock that only goes forward. */
  Quota(Function<HostKey, List<ConsoleSession>> cached, LongSupplier nanos) {
    this.cached = cached;
    this.nanos = nanos;
  }

  /** Takes a place; the reason when there is none. Asking twice takes one place. */
  Optional<SessionReason> reserve(ConsoleSession session, SessionPolicy policy) {
    return places(session).reserve(session.getMetadata().getUid(), user(session), policy);
  }

  /** Gives a place back that was reserved and not used. */
  void release(ConsoleSession session) {
    places(session).release(session.getMetadata().getUid());
  }

  static String user(ConsoleSession session) {
    return Optional.ofNullable(session.getSpec().requestedBy()).orElse("");
  }

  private Places places(ConsoleSession session) {
    return hosts.computeIfAbsent(HostKey.of(session), Places::new);
  }

  /** Those of one host: the user of each uid that reserved one since the last count. */
  private final class Places {

    private final HostKey host;
    private final Map<String, String> reserved = new HashMap<>();
    private Tally tally;

    Places(HostKey host) {
      this.host = host;
      this.tally = count();
    }

    synchronized Optional<SessionReason> reserve(String uid, String user, SessionPolicy policy) {
      if (nanos.getAsLong() - tally.nanos() >= FRESH || full(uid, user, policy).isPresent()) {
        tally = count();
        reserved.keySet().retainAll(tally.waiting());
      }
      Optional<SessionReason> full = full(uid, user, policy);
      if (full.isEmpty()) {
        reserved.put(uid, user);
      }
      return full;
    }

    synchronized void release(String uid) {
      reserved.remove(uid);
    }

    private Tally count() {
      return Tally.of(cached.apply(host), nanos.getAsLong());
    }

    private Optional<SessionReason> full(String uid, String user, SessionPolicy policy) {
      int all = tally.others(uid);
      int own = tally.others(uid, user);
      for (Map.Entry<String, String> place : reserved.entrySet()) {
        if (!place.getKey().equals(uid)) {
          all++;
          own += place.getValue().equals(user) ? 1 : 0;
        }
      }
      if (policy.maxSessions() != null && all >= policy.maxSessions()) {
        return Optional.of(SessionReason.QuotaExceeded);
      }
      return policy.maxSessionsPerUser() != null && own >= policy.maxSessionsPerUser()
          ? Optional.of(SessionReason.UserQuotaExceeded)
          : Optional.empty();
    }
  }
}
