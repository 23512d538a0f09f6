// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gets into a session with the best endpoint that works and finds a guest there. */
final class GuestLookup {

  /** How often another endpoint is asked because one does not get through to the guest's node. */
  private static final int DETOURS = 1;

  private final Cluster cluster;
  private final Gates gates;
  private final Steps steps;

  GuestLookup(Cluster cluster, Gates gates, Steps steps) {
    this.cluster = cluster;
    this.gates = gates;
    this.steps = steps;
  }

  /** A guest that may be opened, and the session over which it was found. */
  record Ready(ApiSession session, GuestFinder.Found found) {}

  /** Finds the guest with all that must hold before its console is opened. */
  Future<Ready> ready(int vmid, @Nullable GuestIdentity expected, ConsoleKind kind) {
    return first(
        cluster.endpoints().order(vmid),
        cluster.endpoints().lastSeen(vmid),
        DETOURS,
        entered ->
            privileged(entered.session(), vmid, kind)
                .compose(
                    v ->
                        steps.run(
                            Step.GUEST,
                            () ->
                                new GuestFinder(entered.session())
                                    .find(vmid, entered.lead())
                                    .compose(found -> mayOpen(found, expected, kind))))
                .map(found -> new Ready(entered.session(), found)));
  }

  /**
   * Makes sure, after some time has passed, that the guest is still the one that was found. Where
   * it is not on its node any more, whoever opens its console looks for it again.
   */
  Future<Ready> again(Ready ready) {
    Guest guest = ready.found().guest();
    return steps.run(
        Step.GUEST,
        () ->
            new GuestFinder(ready.session())
                .identity(guest)
                .compose(
                    now ->
                        now.isEmpty() || now.get().equals(guest.identity())
                            ? Future.succeededFuture(ready)
                            : Failures.future(
                                new GuestFailure.GuestChanged(
                                    guest.ref(), guest.identity(), now.get()))));
  }

  /** Finds the guest in whatever state it is, by the list that knows first where one has gone. */
  Future<Guest> find(int vmid) {
    return first(
        cluster.endpoints().order(vmid),
        null,
        DETOURS,
        entered ->
            steps
                .run(
                    Step.GUEST, () -> new GuestFinder(entered.session()).find(vmid, entered.lead()))
                .onSuccess(this::remember)
                .map(GuestFinder.Found::guest)
                .onComplete((guest, failure) -> entered.session().close()));
  }

  private Future<Void> privileged(ApiSession session, int vmid, ConsoleKind kind) {
    if (cluster.privileges().holds(vmid, kind)) {
      return Future.succeededFuture();
    }
    return steps
        .run(Step.PRIVILEGE, () -> new PrivilegeCheck(session).forGuest(vmid, kind))
        .onSuccess(v -> cluster.privileges().found(vmid, kind));
  }

  private Future<GuestFinder.Found> mayOpen(
      GuestFinder.Found found, @Nullable GuestIdentity expected, ConsoleKind kind) {
    ProxmoxFailure obstacle = obstacle(found, expected, kind);
    if (obstacle != null) {
      return Failures.future(obstacle);
    }
    remember(found);
    return Future.succeededFuture(found);
  }

  private void remember(GuestFinder.Found found) {
    Guest guest = found.guest();
    GuestConfig config = found.config();
    cluster
        .endpoints()
        .seen(
            new Sighting(
                InventoryEntry.of(guest), config, config.conclusive() ? found.run() : null));
  }

  /** What keeps the guest's console from being opened, null if nothing does. */
  static @Nullable ProxmoxFailure obstacle(
      GuestFinder.Found found, @Nullable GuestIdentity expected, ConsoleKind kind) {
    ProxmoxFailure state = obstacle(found.guest(), expected);
    if (state != null) {
      return state;
    }
    if (kind == ConsoleKind.VNC && !found.config().display()) {
      return new GuestFailure.NoConsole(found.guest().ref(), "its display is none");
    }
    if (kind == ConsoleKind.TERMINAL && !found.config().terminal()) {
      return new GuestFailure.NoConsole(found.guest().ref(), "it has no serial port");
    }
    return null;
  }

  /** What of the guest's state keeps it from being shown at all, null if nothing does. */
  static @Nullable ProxmoxFailure obstacle(Guest guest, @Nullable GuestIdentity expected) {
    if (guest.template()) {
      return new GuestFailure.GuestIsTemplate(guest.ref());
    }
    if (expected != null && !expected.equals(guest.identity())) {
      return new GuestFailure.GuestChanged(guest.ref(), expected, guest.identity());
    }
    return guest.status() == GuestStatus.STOPPED
        ? new GuestFailure.GuestStopped(guest.ref())
        : null;
  }

  /** A session that fails is closed; what is told is the first failure. */
  private <T> Future<T> first(
      List<ProxmoxEndpoint> order,
      @Nullable Sighting last,
      int detours,
      Function<EndpointRace.Entered, Future<T>> work) {
    return new EndpointRace(cluster, gates, steps, order, last)
        .run()
        .compose(
            entered ->
                work.apply(entered)
                    .onComplete((value, failure) -> entered.share().leave())
                    .recover(thrown -> elsewhere(entered, thrown, order, detours, work)));
  }

  private <T> Future<T> elsewhere(
      EndpointRace.Entered entered,
      Throwable thrown,
      List<ProxmoxEndpoint> order,
      int detours,
      Function<EndpointRace.Entered, Future<T>> work) {
    entered.session().close();
    ProxmoxFailure failure = Failures.of(Step.GUEST, thrown);
    boolean ofEndpoint = Failures.ofEndpoint(failure);
    if (ofEndpoint) {
      cluster.endpoints().failed(entered.endpoint());
    }
    List<ProxmoxEndpoint> others =
        order.stream().filter(endpoint -> !endpoint.equals(entered.endpoint())).toList();
    if (others.isEmpty() || detours == 0 || !(ofEndpoint || isAway(failure))) {
      return Future.failedFuture(thrown);
    }
    return first(others, null, detours - 1, work).recover(second -> Future.failedFuture(thrown));
  }

  private static boolean isAway(ProxmoxFailure failure) {
    return failure instanceof GuestFailure.NodeAway;
  }
}
