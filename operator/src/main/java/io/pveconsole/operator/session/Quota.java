// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Counts sessions against the limits of their host. Passes run in parallel on one cache that is
 * late, so a place is reserved in one critical section per host until the cache shows it taken.
 */
final class Quota {

  private final Function<HostKey, List<ConsoleSession>> cached;
  private final Map<HostKey, Map<String, String>> reserved = new ConcurrentHashMap<>();

  Quota(Function<HostKey, List<ConsoleSession>> cached) {
    this.cached = cached;
  }

  /** Takes a place; the reason when there is none. Asking twice takes one place. */
  Optional<SessionReason> reserve(ConsoleSession session, SessionPolicy policy) {
    HostKey host = HostKey.of(session);
    Map<String, String> places = places(host);
    synchronized (places) {
      return reserve(session, policy, cached.apply(host), places);
    }
  }

  /** Gives a place back that was reserved and not used. */
  void release(ConsoleSession session) {
    Map<String, String> places = places(HostKey.of(session));
    synchronized (places) {
      places.remove(session.getMetadata().getUid());
    }
  }

  private Map<String, String> places(HostKey host) {
    return reserved.computeIfAbsent(host, key -> new HashMap<>());
  }

  private static Optional<SessionReason> reserve(
      ConsoleSession session,
      SessionPolicy policy,
      List<ConsoleSession> sessions,
      Map<String, String> places) {
    String uid = session.getMetadata().getUid();
    Map<String, SessionPhase> phases = new HashMap<>();
    Map<String, String> users = new HashMap<>();
    for (ConsoleSession other : sessions) {
      String otherUid = other.getMetadata().getUid();
      phases.put(otherUid, SessionPhase.of(other));
      if (SessionPhase.of(other) == SessionPhase.OPEN) {
        users.put(otherUid, user(other));
      }
    }
    places.keySet().removeIf(other -> phases.get(other) != SessionPhase.WAITING);
    users.putAll(places);
    users.remove(uid);
    if (policy.maxSessions() != null && users.size() >= policy.maxSessions()) {
      return Optional.of(SessionReason.QuotaExceeded);
    }
    long own = users.values().stream().filter(user(session)::equals).count();
    if (policy.maxSessionsPerUser() != null && own >= policy.maxSessionsPerUser()) {
      return Optional.of(SessionReason.UserQuotaExceeded);
    }
    places.put(uid, user(session));
    return Optional.empty();
  }

  private static String user(ConsoleSession session) {
    return Optional.ofNullable(session.getSpec().requestedBy()).orElse("");
  }
}
