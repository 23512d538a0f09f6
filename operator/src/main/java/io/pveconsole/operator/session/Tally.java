// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose sessions of a host were open, and which waited, when they were last counted.
 *
 * @param open the user of each open session, by uid
 * @param ofUser how many open ones each user has
 * @param waiting uids
 * @param nanos when, on the clock that only goes forward
 */
record Tally(
    Map<String, String> open, Map<String, Integer> ofUser, Set<String> waiting, long nanos) {

  static Tally of(List<ConsoleSession> sessions, long nanos) {
    Tally tally = new Tally(new HashMap<>(), new HashMap<>(), new HashSet<>(), nanos);
    for (ConsoleSession session : sessions) {
      String uid = session.getMetadata().getUid();
      SessionPhase phase = SessionPhase.of(session);
      if (phase == SessionPhase.WAITING) {
        tally.waiting.add(uid);
      } else if (phase == SessionPhase.OPEN) {
        String user = Quota.user(session);
        tally.open.put(uid, user);
        tally.ofUser.merge(user, 1, Integer::sum);
      }
    }
    return tally;
  }

  /** Open ones beside that. */
  int others(String uid) {
    return open.size() - (open.containsKey(uid) ? 1 : 0);
  }

  /** Open ones of the user beside that. */
  int others(String uid, String user) {
    return ofUser.getOrDefault(user, 0) - (user.equals(open.get(uid)) ? 1 : 0);
  }
}
