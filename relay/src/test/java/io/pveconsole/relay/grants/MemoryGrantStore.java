// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Grants as an API server keeps them: versions, conflicts, a watch, and outages. It answers on
 * another turn of the event loop, so races happen as they do in truth.
 */
public final class MemoryGrantStore implements GrantStore {

  private final Vertx vertx;
  private final Map<String, Grant> grants = new TreeMap<>();
  private long version = 1;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean away;
  private volatile boolean silent;
  private StatusPatch overtaking;
  private final List<GrantRegistry> watching = new CopyOnWriteArrayList<>();

  public MemoryGrantStore(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Whether watches tell of nothing any more. */
  public void silent(boolean on) {
    silent = on;
  }

  private void tell(Consumer<GrantRegistry> news) {
    if (!silent) {
      watching.forEach(news);
    }
  }

  /** Feeds a registry as a watch does. */
  public void watchInto(GrantRegistry registry) {
    watching.add(registry);
  }

  /** Writes this just before the next write of somebody else. */
  public synchronized void overtake(StatusPatch patch) {
    overtaking = patch;
  }

  /** How often one was read. */
  public int reads() {
    return reads.get();
  }

  /** Answers nothing any more, or again. */
  public void away(boolean on) {
    away = on;
  }

  /** The grant as it is. */
  public synchronized Optional<Grant> get(String name) {
    return Optional.ofNullable(grants.get(name));
  }

  /** Makes or changes one as the operator does. */
  public Grant put(Grant grant) {
    Grant next;
    synchronized (this) {
      Grant before = grants.get(grant.name());
      next =
          new Grant(
              grant.name(),
              grant.uid(),
              String.valueOf(++version),
              grant.spec(),
              before == null ? grant.status() : before.status());
      grants.put(grant.name(), next);
    }
    tell(registry -> registry.put(next));
    return next;
  }

  /** Deletes one and makes another of the same name, which no watch has told of yet. */
  public synchronized void replace(Grant grant) {
    grants.put(grant.name(), grant);
  }

  /** Changes the spec of one. */
  public Grant edit(String name, UnaryOperator<Grant> change) {
    return put(change.apply(get(name).orElseThrow()));
  }

  /** Deletes one. */
  public void delete(String name) {
    synchronized (this) {
      grants.remove(name);
    }
    tell(registry -> registry.remove(name));
  }

  @Override
  public Future<Optional<Grant>> read(String name) {
    reads.incrementAndGet();
    return later(() -> get(name));
  }

  @Override
  public Future<List<Grant>> list() {
    return later(
        () -> {
          synchronized (this) {
            return List.copyOf(grants.values());
          }
        });
  }

  @Override
  public Future<Grant> patch(Grant known, StatusPatch patch) {
    return later(
        () -> {
          Grant next;
          synchronized (this) {
            Grant now = overtaken(grants.get(known.name()));
            if (now == null) {
              throw new GoneException();
            }
            if (!now.resourceVersion().equals(known.resourceVersion())) {
              throw new ConflictException();
            }
            next = patched(now, patch);
          }
          tell(registry -> registry.put(next));
          return next;
        });
  }

  private Grant overtaken(Grant grant) {
    StatusPatch first = overtaking;
    overtaking = null;
    return grant == null || first == null ? grant : patched(grant, first);
  }

  private Grant patched(Grant now, StatusPatch patch) {
    Grant next =
        new Grant(
            now.name(),
            now.uid(),
            String.valueOf(++version),
            now.spec(),
            patch.applyTo(now.status()));
    grants.put(now.name(), next);
    return next;
  }

  private <T> Future<T> later(Supplier<T> work) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        v -> {
          if (away) {
            promise.fail(new IllegalStateException("the API server is away"));
            return;
          }
          try {
            promise.complete(work.get());
          } catch (RuntimeException e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }
}
