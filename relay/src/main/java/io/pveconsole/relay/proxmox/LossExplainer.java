// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Finds out why an open console ended: Proxmox closes it without a word, so the guest is looked up
 * again, and beside that the endpoint is knocked at over which the console went.
 */
final class LossExplainer {

  static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration KNOCK = Duration.ofMillis(1500);

  private final Cluster cluster;
  private final GuestLookup lookup;
  private final Guest before;

  /** What the endpoint's door is like. */
  private sealed interface Door {
    record Open() implements Door {}

    record Shut(ProxmoxFailure failure) implements Door {}
  }

  LossExplainer(Cluster cluster, Gates gates, Guest before) {
    this.cluster = cluster;
    this.lookup = new GuestLookup(cluster, gates, quiet());
    this.before = before;
  }

  private static Steps quiet() {
    return new Steps(StepListener.NONE);
  }

  Future<ProxmoxFailure> explain() {
    Future<Door> door = knock();
    return Deadline.within(
            cluster.vertx(), LIMIT, Step.GUEST, lookup.find(before.ref().vmid()), late -> {})
        .transform(
            (now, failure) ->
                failure == null
                    ? judge(now, door)
                    : Future.succeededFuture(Failures.of(Step.GUEST, failure)));
  }

  private Future<ProxmoxFailure> judge(Guest now, Future<Door> door) {
    ProxmoxFailure obstacle = GuestLookup.obstacle(now, before.identity());
    if (obstacle != null) {
      return Future.succeededFuture(obstacle);
    }
    if (!now.ref().node().equals(before.ref().node())) {
      return Future.succeededFuture(new GuestFailure.GuestMoved(before.ref(), now.ref()));
    }
    if (before.pid() > 0 && now.pid() > 0 && before.pid() != now.pid()) {
      return Future.succeededFuture(new GuestFailure.GuestRestarted(now.ref()));
    }
    return door.map(
        found ->
            found instanceof Door.Shut shut
                ? shut.failure()
                : new ServiceFailure.ConsoleLost(now.ref()));
  }

  /** An endpoint that does not open is tried last by whoever comes next. */
  private Future<Door> knock() {
    ProxmoxEndpoint endpoint = before.seenAt();
    return Deadline.within(
            cluster.vertx(), KNOCK, Step.TCP, cluster.reach(endpoint, quiet()), ApiSession::close)
        .transform(
            (session, failure) -> {
              if (failure == null) {
                session.close();
                return Future.succeededFuture(new Door.Open());
              }
              ProxmoxFailure known = Failures.of(Step.TCP, failure);
              if (!Failures.ofEndpoint(known)) {
                return Future.succeededFuture(new Door.Open());
              }
              cluster.endpoints().failed(endpoint);
              return Future.succeededFuture(new Door.Shut(silent(endpoint, known)));
            });
  }

  private static ProxmoxFailure silent(ProxmoxEndpoint endpoint, ProxmoxFailure known) {
    return known instanceof ServiceFailure.TimedOut
        ? new ConnectFailure.Unreachable(
            Step.TCP, endpoint.url().getAuthority(), "no answer within " + KNOCK.toMillis() + " ms")
        : known;
  }
}
