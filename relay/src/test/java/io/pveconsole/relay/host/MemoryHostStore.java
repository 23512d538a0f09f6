// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One host, and the reports on it. */
public final class MemoryHostStore implements HostStore {

  private final List<RelayStatus> reports = new CopyOnWriteArrayList<>();
  private volatile ProxmoxHost host;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean away;

  public MemoryHostStore(ProxmoxHost host) {
    this.host = host;
  }

  /** Answers nothing any more, or again. */
  public void away(boolean on) {
    away = on;
  }

  /** Replaces the host. */
  public void set(ProxmoxHost changed) {
    host = changed;
  }

  /** How often it was asked for. */
  public int reads() {
    return reads.get();
  }

  /** All reports so far. */
  public List<RelayStatus> reports() {
    return reports;
  }

  @Override
  public Future<Optional<ProxmoxHost>> read() {
    reads.incrementAndGet();
    return away
        ? Future.failedFuture("the API server is away")
        : Future.succeededFuture(Optional.ofNullable(host));
  }

  @Override
  public Future<Void> report(RelayStatus status) {
    if (away) {
      return Future.failedFuture("the API server is away");
    }
    reports.add(status);
    return Future.succeededFuture();
  }
}
