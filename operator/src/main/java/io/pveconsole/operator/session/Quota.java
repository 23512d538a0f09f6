// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    String user = user(session);
    Set<String> waiting = new HashSet<>();
    int all = 0;
    int own = 0;
    for (ConsoleSession other : sessions) {
      SessionPhase phase = SessionPhase.of(other);
      String otherUid = other.getMetadata().getUid();
      if (phase == SessionPhase.WAITING) {
        waiting.add(otherUid);
      } else if (phase == SessionPhase.OPEN && !otherUid.equals(uid)) {
        all++;
        own += user(other).equals(user) ? 1 : 0;
      }
    }
    places.keySet().retainAll(waiting);
    for (Map.Entry<String, String> place : places.entrySet()) {
      if (!place.getKey().equals(uid)) {
        all++;
        own += place.getValue().equals(user) ? 1 : 0;
      }
    }
    if (policy.maxSessions() != null && all >= policy.maxSessions()) {
      return Optional.of(SessionReason.QuotaExceeded);
    }
    if (policy.maxSessionsPerUser() != null && own >= policy.maxSessionsPerUser()) {
      return Optional.of(SessionReason.UserQuotaExceeded);
    }
    places.put(uid, user);
    return Optional.empty();
  }

  private static String user(ConsoleSession session) {
    return Optional.ofNullable(session.getSpec().requestedBy()).orElse("");
  }
}
