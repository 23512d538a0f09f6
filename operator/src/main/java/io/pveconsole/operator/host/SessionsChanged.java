// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Has a host look at its sessions once, a moment after the first of them was accepted or ended,
 * however many follow in that moment: a pass over a host reads Secrets and compares all it owns.
 */
public final class SessionsChanged {

  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final SimpleInboundEventSource<ProxmoxHost> source =
      new SimpleInboundEventSource<>("sessions");
  private final Set<ResourceID> told = ConcurrentHashMap.newKeySet();
  private final Executor later;

  /** Waits by that executor, which runs everything after the moment. */
  SessionsChanged(Executor later) {
    this.later = later;
  }

  /** Waits a second. */
  public static SessionsChanged create() {
    return new SessionsChanged(
        CompletableFuture.delayedExecutor(MOMENT.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** One session of the host was accepted, or ended; from any thread. */
  public void at(ResourceID host) {
    if (told.add(host)) {
      later.execute(
          () -> {
            told.remove(host);
            source.propagateEvent(host);
          });
    }
  }

  /** What wakes the host. */
  SimpleInboundEventSource<ProxmoxHost> source() {
    return source;
  }
}
