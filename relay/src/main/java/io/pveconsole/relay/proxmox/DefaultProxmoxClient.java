// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds what all opens share. Each piece of work keeps the settings with which it began. */
final class DefaultProxmoxClient implements ProxmoxClient {

  private final Vertx vertx;
  private final Dialer dialer;
  private final Upgrade upgrade;
  private final Gates gates;
  private volatile Cluster cluster;
  private volatile boolean closed;

  DefaultProxmoxClient(
      Vertx vertx, ProxmoxSettings settings, Clock clock, TlsEngine engine, NameResolver resolver) {
    this.vertx = vertx;
    this.gates = new Gates(vertx);
    this.dialer = new Dialer(vertx, resolver, engine);
    this.upgrade = new Upgrade(vertx, new SecureRandom());
    this.cluster =
        new Cluster(
            vertx,
            clock,
            dialer,
            settings,
            Login.of(vertx, settings.credentials(), clock),
            new Endpoints(settings.endpoints(), clock));
  }

  @Override
  public synchronized void update(ProxmoxSettings settings) {
    if (!settings.equals(cluster.settings())) {
      cluster = cluster.with(settings);
    }
  }

  @Override
  public Future<Probe> probe(ProxmoxEndpoint endpoint) {
    return Contexts.run(vertx, () -> new Prober(cluster, endpoint).run());
  }

  @Override
  public Future<Guest> findGuest(int vmid) {
    return run(Step.GUEST, () -> lookup(new Steps(StepListener.NONE)).find(vmid));
  }

  @Override
  public Future<ConsoleTunnel> openVnc(
      int vmid, @Nullable GuestIdentity expected, StepListener listener) {
    return open(vmid, expected, listener, ConsoleKind.VNC);
  }

  @Override
  public Future<ConsoleTunnel> openTerminal(
      int vmid, @Nullable GuestIdentity expected, StepListener listener) {
    return open(vmid, expected, listener, ConsoleKind.TERMINAL);
  }

  @Override
  public Future<ProxmoxFailure> explainLoss(Guest guest) {
    return run(Step.GUEST, () -> new LossExplainer(cluster, gates, guest).explain())
        .recover(thrown -> Future.succeededFuture(Failures.of(Step.GUEST, thrown)));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return dialer.closeWhenIdle();
  }

  private Future<ConsoleTunnel> open(
      int vmid, @Nullable GuestIdentity expected, StepListener listener, ConsoleKind kind) {
    return run(
        Step.TICKET,
        () ->
            new ConsoleOpening(
                    vertx, cluster, gates, upgrade, new Steps(listener), vmid, expected, kind)
                .run());
  }

  private GuestLookup lookup(Steps steps) {
    return new GuestLookup(cluster, gates, steps);
  }

  /** The only place where something unforeseen becomes one of the failures. */
  private <T> Future<T> run(Step step, Supplier<Future<T>> work) {
    if (closed) {
      return Failures.future(new ServiceFailure.Closed());
    }
    return Contexts.run(vertx, work).recover(thrown -> Failures.future(Failures.of(step, thrown)));
  }
}
