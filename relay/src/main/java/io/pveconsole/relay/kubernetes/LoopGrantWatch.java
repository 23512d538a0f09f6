// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWatch;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** News of grants by {@link LoopWatch}. */
final class LoopGrantWatch implements GrantWatch {

  private final GrantRegistry registry;
  private final LoopGrants grants;
  private final LoopWatch<ConsoleGrant, Grant> watch;
  private final Map<String, Grant> seen = new ConcurrentHashMap<>();
  private volatile boolean listed;

  LoopGrantWatch(Vertx vertx, ApiServerCalls calls, LoopGrants grants, GrantRegistry registry) {
    this.registry = registry;
    this.grants = grants;
    this.watch = new LoopWatch<>(vertx, calls, grants.list(calls), new News());
  }

  @Override
  public void restart() {
    watch.restart();
  }

  @Override
  public void close() {
    watch.close();
  }

  @Override
  public boolean isBehind(List<Grant> current) {
    if (!listed) {
      return false;
    }
    for (Grant grant : current) {
      Grant known = seen.get(grant.name());
      if ((known == null || !known.isNewerThan(grant))
          && registry.goneReason(grant.name()).isEmpty()) {
        return true;
      }
    }
    return seen.keySet().stream().anyMatch(name -> registry.goneReason(name).isPresent());
  }

  private final class News implements LoopWatch.News<ConsoleGrant, Grant> {

    @Override
    public Consumer<List<Grant>> listing() {
      Set<String> known = registry.names();
      return all -> {
        registry.reconcile(known, all);
        seen.clear();
        all.forEach(grant -> seen.put(grant.name(), grant));
        listed = true;
      };
    }

    @Override
    public void changed(ConsoleGrant object) {
      known(object.getMetadata())
          .or(() -> grants.ours(object))
          .ifPresent(
              grant -> {
                seen.put(grant.name(), grant);
                registry.put(grant);
              });
    }

    /** Most news are of what this relay has written itself, and has had an answer to. */
    private Optional<Grant> known(ObjectMeta metadata) {
      return registry
          .find(metadata.getName())
          .filter(
              grant ->
                  grant.uid().equals(metadata.getUid())
                      && grant.resourceVersion().equals(metadata.getResourceVersion()));
    }

    @Override
    public void deleted(String name) {
      seen.remove(name);
      registry.remove(name);
    }
  }
}
