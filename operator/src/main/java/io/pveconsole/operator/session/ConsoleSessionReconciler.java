// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.operator.cache.Caches;
import io.pveconsole.operator.events.EventRecorder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Leads a session from its request to its end. */
public final class ConsoleSessionReconciler implements Reconciler<ConsoleSession> {

  private static final Duration SOON = Duration.ofMillis(50);

  private final SessionHandlers handlers;
  private final SessionIndex index;
  private final EventRecorder events;
  private final SessionMetrics metrics;
  private final Consumer<ResourceID> hostChanged;
  private final Caches caches;
  private final Clock clock;

  /**
   * Works with the parts given.
   *
   * @param hostChanged is told the host whenever one of its sessions is accepted or over
   */
  public ConsoleSessionReconciler(
      SessionHandlers handlers,
      SessionIndex index,
      EventRecorder events,
      SessionMetrics metrics,
      Consumer<ResourceID> hostChanged,
      Caches caches,
      Clock clock) {
    this.handlers = handlers;
    this.index = index;
    this.events = events;
    this.metrics = metrics;
    this.hostChanged = hostChanged;
    this.caches = caches;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ConsoleSession>> prepareEventSources(
      EventSourceContext<ConsoleSession> context) {
    index.attach(context.getPrimaryCache());
    return SessionEventSources.of(context, index, caches);
  }

  @Override
  public UpdateControl<ConsoleSession> reconcile(
      ConsoleSession session, Context<ConsoleSession> context) {
    if (session.isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    Instant now = clock.instant();
    Outcome outcome =
        handlers.handle(
            new SessionFacts(session, host(session, context), grant(session, context), now));
    ConsoleSessionStatus after = outcome.status();
    if (after == null) {
      return UpdateControl.noUpdate();
    }
    if (!after.equals(session.getStatus())) {
      write(session, after, context);
    }
    UpdateControl<ConsoleSession> control = UpdateControl.noUpdate();
    outcome.next().ifPresent(next -> control.rescheduleAfter(delay(now, next)));
    return control;
  }

  private void write(
      ConsoleSession session, ConsoleSessionStatus after, Context<ConsoleSession> context) {
    StatusWriter.write(context.getClient(), session, after)
        .ifPresent(
            written -> {
              context
                  .eventSourceRetriever()
                  .getControllerEventSource()
                  .handleRecentResourceUpdate(ResourceID.fromResource(session), written, session);
              events.record(session, SessionEvents.between(session.getStatus(), after));
              if (SessionPhase.of(written) != SessionPhase.of(session)) {
                hostChanged.accept(HostKey.of(session).id());
                metrics.entered(written);
              }
            });
  }

  private static Optional<ProxmoxHost> host(
      ConsoleSession session, Context<ConsoleSession> context) {
    Optional<ProxmoxHost> cached = context.getSecondaryResource(ProxmoxHost.class);
    if (cached.isPresent() || SessionPhase.of(session) != SessionPhase.OPEN) {
      return cached;
    }
    HostKey key = HostKey.of(session);
    return Optional.ofNullable(
        context
            .getClient()
            .resources(ProxmoxHost.class)
            .inNamespace(key.namespace())
            .withName(key.name())
            .get());
  }

  /**
   * The cache may be late for a grant made a moment ago: an open session asks the API server. One
   * that waits finds it when it makes it again.
   */
  private static Optional<ConsoleGrant> grant(
      ConsoleSession session, Context<ConsoleSession> context) {
    Optional<ConsoleGrant> cached = context.getSecondaryResource(ConsoleGrant.class);
    if (cached.isPresent() || SessionPhase.of(session) != SessionPhase.OPEN) {
      return cached;
    }
    return Optional.ofNullable(
        context
            .getClient()
            .resources(ConsoleGrant.class)
            .inNamespace(HostKey.of(session).namespace())
            .withName(session.getMetadata().getUid())
            .get());
  }

  private static Duration delay(Instant now, Instant next) {
    Duration delay = Duration.between(now, next);
    return delay.compareTo(SOON) < 0 ? SOON : delay;
  }
}
