// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.api.v1alpha1.TerminationReason;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The newest known version of each grant of this host. Safe from any thread; listeners are called
 * on the thread that brought the news and must hand it on quickly.
 */
public final class GrantRegistry {

  private static final int MAX_GONE = 4096;

  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final List<GrantListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, TerminationReason> gone = bounded();
  private final Map<String, TerminationReason> endedHere = Collections.synchronizedMap(bounded());

  private static Map<String, TerminationReason> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, TerminationReason> eldest) {
        return size() > MAX_GONE;
      }
    };
  }

  /** Tells of every change from now on. */
  public void listen(GrantListener listener) {
    listeners.add(listener);
  }

  /** The newest known version. */
  public Optional<Grant> find(String name) {
    return Optional.ofNullable(grants.get(name));
  }

  /** Why a grant that was known here is not there any more. */
  public Optional<TerminationReason> goneReason(String name) {
    synchronized (gone) {
      return Optional.ofNullable(gone.get(name));
    }
  }

  /** This relay has ended a session; holds even while it cannot be written. */
  public void endHere(String name, TerminationReason reason) {
    endedHere.putIfAbsent(name, reason);
  }

  /** Why this relay has ended a session. */
  public Optional<TerminationReason> endedHere(String name) {
    return Optional.ofNullable(endedHere.get(name));
  }

  /** All grants. */
  public Collection<Grant> all() {
    return List.copyOf(grants.values());
  }

  /**
   * Takes in a version, unless a newer one or the deletion is known.
   *
   * @return whether it changed anything
   */
  public boolean put(Grant grant) {
    synchronized (gone) {
      if (gone.containsKey(grant.name())) {
        return false;
      }
      Grant known = grants.get(grant.name());
      if (grant.equals(known) || (known != null && !grant.isNewerThan(known))) {
        return false;
      }
      grants.put(grant.name(), grant);
    }
    listeners.forEach(listener -> listener.changed(grant));
    return true;
  }

  /** Forgets a deleted grant. Its name, being a session's uid, never comes back. */
  public void remove(String name) {
    TerminationReason reason;
    synchronized (gone) {
      Grant known = grants.remove(name);
      if (known == null) {
        return;
      }
      reason =
          known.status().ended() != null
              ? known.status().ended().reason()
              : known.spec().end() != null
                  ? known.spec().end().reason()
                  : TerminationReason.Revoked;
      gone.put(name, reason);
    }
    listeners.forEach(listener -> listener.removed(name, reason));
  }

  /** How many grants there are. */
  public int size() {
    return grants.size();
  }

  /** The names of all grants. */
  public Set<String> names() {
    return Set.copyOf(grants.keySet());
  }

  /**
   * Compares with a consistent list, which wins over what was known before it was asked for; a
   * grant that was heard of since then may be younger than the list.
   *
   * @param known the {@link #names()} before the list was asked for
   * @return how many grants differed: news that the watch had not brought
   */
  public int reconcile(Set<String> known, List<Grant> current) {
    int differences = 0;
    Set<String> names = new HashSet<>();
    for (Grant grant : current) {
      names.add(grant.name());
      differences += put(grant) ? 1 : 0;
    }
    for (String name : known) {
      if (!names.contains(name)) {
        differences += grants.containsKey(name) ? 1 : 0;
        remove(name);
      }
    }
    return differences;
  }
}
