// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Writes a grant's status: decide on what is known, write with its version, and on a conflict read
 * again and decide again.
 */
public final class GrantWriter {

  private static final int TRIES = 5;

  private final GrantStore store;
  private final GrantRegistry registry;
  private final Set<Future<Grant>> pending = ConcurrentHashMap.newKeySet();

  public GrantWriter(GrantStore store, GrantRegistry registry) {
    this.store = store;
    this.registry = registry;
  }

  /**
   * Changes a grant.
   *
   * @param uid of the object, so that nothing is written to another one of the same name
   * @param decide what to write to that version; empty for nothing
   * @return the version after the change
   */
  public Future<Grant> change(
      String name, String uid, Function<Grant, Optional<StatusPatch>> decide) {
    Future<Grant> written =
        registry
            .find(name)
            .filter(grant -> grant.uid().equals(uid))
            .map(grant -> attempt(grant, decide, TRIES))
            .orElseGet(() -> again(name, uid, decide, TRIES));
    pending.add(written);
    return written.onComplete((done, failure) -> pending.remove(written));
  }

  /** Completes when all that is being written now was written or has failed. */
  public Future<Void> settled() {
    return Future.join(List.copyOf(pending)).transform((all, failure) -> Future.succeededFuture());
  }

  private Future<Grant> attempt(
      Grant grant, Function<Grant, Optional<StatusPatch>> decide, int left) {
    Optional<StatusPatch> patch = decide.apply(grant);
    if (patch.isEmpty()) {
      return Future.succeededFuture(grant);
    }
    return store
        .patch(grant, patch.get())
        .onSuccess(registry::put)
        .recover(
            thrown ->
                thrown instanceof ConflictException && left > 1
                    ? again(grant.name(), grant.uid(), decide, left - 1)
                    : Future.failedFuture(thrown));
  }

  private Future<Grant> again(
      String name, String uid, Function<Grant, Optional<StatusPatch>> decide, int left) {
    return store
        .read(name)
        .compose(
            found -> {
              if (found.isEmpty() || !found.get().uid().equals(uid)) {
                return Future.failedFuture(new GoneException());
              }
              registry.put(found.get());
              return attempt(found.get(), decide, left);
            });
  }
}
