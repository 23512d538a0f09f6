// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.ActiveSessions;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The sessions in the cache, by host and by namespace. */
public final class SessionIndex implements ActiveSessions {

  private static final String BY_HOST = "host";

  private final BooleanSupplier filled;
  private volatile @Nullable IndexerResourceCache<ConsoleSession> cache;

  /** Counts when told that the caches are filled, so that a restart does not count from nothing. */
  public SessionIndex(BooleanSupplier filled) {
    this.filled = filled;
  }

  /** To be called before the cache is filled. */
  void attach(IndexerResourceCache<ConsoleSession> sessions) {
    sessions.addIndexer(BY_HOST, session -> List.of(HostKey.of(session).text()));
    cache = sessions;
  }

  /** All sessions that name the host; none before the cache is there. */
  public List<ConsoleSession> of(HostKey host) {
    return find(BY_HOST, host.text());
  }

  /** All sessions of the namespace; none before the cache is there. */
  List<ConsoleSession> in(String namespace) {
    return find(Cache.NAMESPACE_INDEX, namespace);
  }

  private List<ConsoleSession> find(String index, String key) {
    IndexerResourceCache<ConsoleSession> sessions = cache;
    return sessions == null ? List.of() : sessions.byIndex(index, key);
  }

  @Override
  public OptionalInt active(ProxmoxHost host) {
    if (!filled.getAsBoolean()) {
      return OptionalInt.empty();
    }
    long open =
        of(HostKey.of(host)).stream()
            .filter(session -> SessionPhase.of(session) == SessionPhase.OPEN)
            .count();
    return OptionalInt.of(Math.toIntExact(open));
  }
}
