// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gets into a session with the best endpoint that works and does something there. */
final class GuestLookup {

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
        vmid,
        session ->
            checked(session, vmid, found -> mayOpen(found, expected, kind))
                .map(found -> new Ready(session, found)));
  }

  /** Finds the guest in whatever state it is. */
  Future<Guest> find(int vmid) {
    return first(
        vmid,
        session -> {
          GuestFinder finder = new GuestFinder(session);
          return steps
              .run(Step.AUTH, () -> finder.inventory(Step.AUTH))
              .compose(inventory -> steps.run(Step.GUEST, () -> finder.find(vmid, inventory)))
              .map(GuestFinder.Found::guest)
              .onComplete((guest, failure) -> session.close());
        });
  }

  private Future<GuestFinder.Found> checked(
      ApiSession session, int vmid, Function<GuestFinder.Found, Future<GuestFinder.Found>> check) {
    GuestFinder finder = new GuestFinder(session);
    return steps
        .run(Step.AUTH, () -> finder.inventory(Step.AUTH))
        .compose(
            inventory ->
                steps
                    .run(Step.PRIVILEGE, () -> new PrivilegeCheck(session).forGuest(vmid))
                    .compose(
                        v ->
                            steps.run(
                                Step.GUEST, () -> finder.find(vmid, inventory).compose(check))));
  }

  private Future<GuestFinder.Found> mayOpen(
      GuestFinder.Found found, @Nullable GuestIdentity expected, ConsoleKind kind) {
    ProxmoxFailure obstacle = obstacle(found, expected, kind);
    if (obstacle != null) {
      return Failures.future(obstacle);
    }
    Guest guest = found.guest();
    cluster.endpoints().guestIsOnNode(guest.ref().vmid(), guest.ref().node());
    return Future.succeededFuture(found);
  }

  static @Nullable ProxmoxFailure obstacle(
      GuestFinder.Found found, @Nullable GuestIdentity expected, ConsoleKind kind) {
    Guest guest = found.guest();
    if (guest.template()) {
      return new GuestFailure.GuestIsTemplate(guest.ref());
    }
    if (expected != null && !expected.equals(guest.identity())) {
      return new GuestFailure.GuestChanged(guest.ref(), expected, guest.identity());
    }
    if (guest.status() == GuestStatus.STOPPED) {
      return new GuestFailure.GuestStopped(guest.ref());
    }
    if (kind == ConsoleKind.VNC && !found.display()) {
      return new GuestFailure.NoConsole(guest.ref(), "its display is none");
    }
    return null;
  }

  /**
   * Tries endpoint after endpoint while it is the endpoint that fails, or its way to the guest's
   * node.
   */
  private <T> Future<T> first(int vmid, Function<ApiSession, Future<T>> work) {
    return attempt(cluster.endpoints().order(vmid), 0, null, work);
  }

  private <T> Future<T> attempt(
      List<ProxmoxEndpoint> order,
      int number,
      @Nullable Throwable firstFailure,
      Function<ApiSession, Future<T>> work) {
    ProxmoxEndpoint endpoint = order.get(number);
    return at(endpoint, work)
        .recover(
            thrown -> {
              Throwable toTell = firstFailure == null ? thrown : firstFailure;
              ProxmoxFailure failure = Failures.of(Step.TCP, thrown);
              if (Failures.ofEndpoint(failure)) {
                cluster.endpoints().failed(endpoint);
              } else if (!(failure instanceof GuestFailure.NodeAway)) {
                return Future.failedFuture(thrown);
              }
              return number + 1 < order.size()
                  ? attempt(order, number + 1, toTell, work)
                  : Future.failedFuture(toTell);
            });
  }

  /** One endpoint, within its share of opens at once; a session that fails is closed. */
  private <T> Future<T> at(ProxmoxEndpoint endpoint, Function<ApiSession, Future<T>> work) {
    return gates
        .endpoint(endpoint)
        .compose(
            turn ->
                cluster
                    .reach(endpoint, steps)
                    .compose(
                        session ->
                            work.apply(session)
                                .onSuccess(v -> cluster.endpoints().works(endpoint))
                                .onFailure(thrown -> session.close()))
                    .onComplete((value, failure) -> turn.leave()));
  }
}
