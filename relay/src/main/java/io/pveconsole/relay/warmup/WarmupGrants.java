// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.LinkReusePolicy;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GrantTarget;
import io.pveconsole.relay.grants.ConflictException;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.session.Hashes;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Grants that no API server knows. Safe from any thread. */
final class WarmupGrants implements GrantStore {

  private static final int LIFE_SECONDS = 600;

  private final GrantRegistry registry;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();

  WarmupGrants(GrantRegistry registry) {
    this.registry = registry;
  }

  void add(String session, int vmid, String secret, Instant now) {
    String end = now.plusSeconds(LIFE_SECONDS).toString();
    Grant grant =
        new Grant(
            session,
            "uid-" + session,
            "1",
            new ConsoleGrantSpec(
                WarmupHost.NAME,
                new GrantSession(WarmupHost.NAME, session, session, "warm-up", false),
                new GrantTarget(vmid),
                ConsoleKind.VNC,
                Hashes.sha256(secret),
                end,
                end,
                LIFE_SECONDS,
                false,
                ClipboardPolicy.Both,
                GuestSharing.Shared,
                LinkReusePolicy.Refuse,
                null),
            new ConsoleGrantStatus(null, null, null, null, null));
    grants.put(session, grant);
    registry.put(grant);
  }

  void remove(String session) {
    grants.remove(session);
    registry.remove(session);
  }

  @Override
  public Future<Optional<Grant>> read(String name) {
    return Future.succeededFuture(Optional.ofNullable(grants.get(name)));
  }

  @Override
  public Future<List<Grant>> list() {
    return Future.succeededFuture(List.copyOf(grants.values()));
  }

  @Override
  public Future<Grant> patch(Grant version, StatusPatch patch) {
    Grant known = grants.get(version.name());
    if (known == null) {
      return Future.failedFuture(new GoneException());
    }
    Grant next =
        new Grant(
            known.name(),
            known.uid(),
            Long.toString(Long.parseLong(version.resourceVersion()) + 1),
            known.spec(),
            patch.applyTo(version.status()));
    if (!grants.replace(version.name(), version, next)) {
      return Future.failedFuture(new ConflictException());
    }
    registry.put(next);
    return Future.succeededFuture(next);
  }
}
