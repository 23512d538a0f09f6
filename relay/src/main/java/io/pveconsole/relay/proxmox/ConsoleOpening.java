// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One open of one console, from the name of an endpoint to bytes. Runs on one event loop. A guest's
 * turn is taken before an endpoint's share, never the other way round, so that opens which wait for
 * a guest hold up nobody else.
 */
final class ConsoleOpening {

  /** After so long in a queue the guest may have become another one. */
  private static final Duration STALE = Duration.ofSeconds(2);

  private static final int UNAUTHORIZED = 401;

  private final Vertx vertx;
  private final Cluster cluster;
  private final Gates gates;
  private final Upgrade upgrade;
  private final Steps steps;
  private final int vmid;
  private final @Nullable GuestIdentity expected;
  private final ConsoleKind kind;
  private Instant found = Instant.MIN;
  private boolean lookedAgain;
  private boolean passing;
  private boolean again;

  ConsoleOpening(
      Vertx vertx,
      Cluster cluster,
      Gates gates,
      Upgrade upgrade,
      Steps steps,
      int vmid,
      @Nullable GuestIdentity expected,
      ConsoleKind kind) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.gates = gates;
    this.upgrade = upgrade;
    this.steps = steps;
    this.vmid = vmid;
    this.expected = expected;
    this.kind = kind;
  }

  Future<ConsoleTunnel> run() {
    Future<GuestLookup.Ready> looked =
        new GuestLookup(cluster, gates, steps)
            .ready(vmid, expected, kind)
            .onSuccess(ready -> found = cluster.clock().instant());
    return steps
        .listener()
        .admission()
        .onFailure(refused -> looked.onSuccess(ready -> ready.session().close()))
        .compose(admitted -> looked)
        .compose(this::onBestEndpoint)
        .compose(this::takeTurn);
  }

  /**
   * Goes over to the endpoint on the guest's node, if there is one that works: Proxmox would
   * otherwise send every byte through ssh from node to node.
   */
  private Future<GuestLookup.Ready> onBestEndpoint(GuestLookup.Ready ready) {
    ProxmoxEndpoint here = ready.session().peer().endpoint();
    String node = ready.found().guest().ref().node();
    Optional<ProxmoxEndpoint> better =
        node.equals(cluster.endpoints().nodeOf(here))
            ? Optional.empty()
            : cluster.endpoints().of(node).filter(endpoint -> !endpoint.equals(here));
    if (better.isEmpty()) {
      return Future.succeededFuture(ready);
    }
    return cluster
        .reach(better.get(), new Steps(StepListener.NONE))
        .map(
            session -> {
              ready.session().close();
              return new GuestLookup.Ready(session, ready.found());
            })
        .recover(
            thrown -> {
              cluster.endpoints().failed(better.get());
              return Future.succeededFuture(ready);
            });
  }

  /** Containers have a server of their own for each console, so only machines queue. */
  private Future<ConsoleTunnel> takeTurn(GuestLookup.Ready ready) {
    GuestRef guest = ready.found().guest().ref();
    if (kind == ConsoleKind.TERMINAL || guest.type() == GuestType.LXC) {
      return inShare(ready, () -> {});
    }
    return gates
        .guest(guest.vmid(), steps.listener())
        .onFailure(thrown -> ready.session().close())
        .compose(turn -> inShare(ready, limited(turn)));
  }

  /** Leaves by itself when nobody says that the password is not needed any more. */
  private Runnable limited(Turnstiles<Integer>.Turn turn) {
    long timer = vertx.setTimer(cluster.settings().limits().turn().toMillis(), id -> turn.leave());
    return () -> {
      vertx.cancelTimer(timer);
      turn.leave();
    };
  }

  private Future<ConsoleTunnel> inShare(GuestLookup.Ready ready, Runnable turn) {
    return gates
        .endpoint(ready.session().peer().endpoint(), steps.listener())
        .compose(
            share ->
                current(ready)
                    .compose(now -> open(now, turn))
                    .onComplete((tunnel, failure) -> share.leave()))
        .onComplete((tunnel, failure) -> ready.session().close())
        .onFailure(thrown -> turn.run());
  }

  private Future<GuestLookup.Ready> current(GuestLookup.Ready ready) {
    Duration age = Duration.between(found, cluster.clock().instant());
    return age.compareTo(STALE) < 0
        ? Future.succeededFuture(ready)
        : new GuestLookup(cluster, gates, steps).again(ready);
  }

  private Future<ConsoleTunnel> open(GuestLookup.Ready ready, Runnable turn) {
    Guest guest = ready.found().guest();
    ApiSession session = ready.session();
    if (steps.listener().abandonment().isDone()) {
      return Failures.future(new ServiceFailure.Closed());
    }
    Duration limit = cluster.settings().limits().connect();
    ConsoleConnection connection =
        new ConsoleConnection(cluster.dialer(), session, limit, cluster.clock(), !again);
    return steps
        .run(Step.TICKET, () -> ticket(session, guest))
        .compose(granted -> connected(session, granted, connection, turn))
        .onFailure(thrown -> connection.drop())
        .recover(thrown -> onceMore(ready, turn, thrown));
  }

  /** What vncproxy gave, for the guest where it is by now. */
  private record Granted(Guest guest, ConsolePort port) {}

  private Future<Granted> ticket(ApiSession session, Guest guest) {
    return new ConsolePorts(session)
        .open(kind, guest.ref())
        .map(port -> new Granted(guest, port))
        .onSuccess(
            granted -> {
              if (!granted.port().node().isEmpty()) {
                cluster.endpoints().isOnNode(session.peer().endpoint(), granted.port().node());
              }
            })
        .recover(
            thrown ->
                thrown instanceof ConsolePorts.Moved
                    ? whereItIsNow(session, guest).compose(now -> ticket(session, now))
                    : Future.failedFuture(thrown));
  }

  private Future<Guest> whereItIsNow(ApiSession session, Guest guest) {
    if (lookedAgain) {
      return Failures.future(
          new GuestFailure.NodeAway(
              Step.TICKET, guest.ref().node(), "the guest is not where the cluster says"));
    }
    lookedAgain = true;
    GuestFinder finder = new GuestFinder(session);
    return finder
        .inventory(Step.GUEST)
        .compose(inventory -> finder.find(vmid, inventory))
        .compose(
            found -> {
              ProxmoxFailure obstacle = GuestLookup.obstacle(found, guest.identity(), kind);
              return obstacle == null
                  ? Future.succeededFuture(found.guest())
                  : Failures.future(obstacle);
            });
  }

  /** Also when nobody wants it any more: a port that nobody connects to stays taken for 10 s. */
  private Future<ConsoleTunnel> connected(
      ApiSession session, Granted granted, ConsoleConnection connection, Runnable turn) {
    return steps.runAnyway(Step.PORT, () -> connect(session, granted, connection, turn));
  }

  private Future<ConsoleTunnel> connect(
      ApiSession session, Granted granted, ConsoleConnection connection, Runnable turn) {
    ApiCall call = ConsolePorts.websocket(granted.guest().ref(), granted.port());
    TimeLimits limits = cluster.settings().limits();
    return session
        .authorization()
        .compose(
            authorization ->
                connection
                    .take()
                    .compose(
                        taken ->
                            upgrade.<ConsoleTunnel>open(
                                taken,
                                session.peer(),
                                call,
                                authorization.headers(call),
                                limits.handshake(),
                                socket -> tunnel(taken, socket, session.peer(), granted, turn))))
        .onFailure(thrown -> passing = isPassing(connection, thrown))
        .recover(thrown -> Future.failedFuture(explained(session, granted.guest(), thrown)));
  }

  private ConsoleTunnel tunnel(
      HttpClientConnection connection,
      NetSocket socket,
      Peer peer,
      Granted granted,
      Runnable turn) {
    cluster.dialer().opened();
    ConsolePort port = granted.port();
    return new SocketTunnel(
        connection,
        socket,
        granted.guest().over(peer.endpoint()),
        kind == ConsoleKind.VNC ? port.password() : null,
        kind == ConsoleKind.TERMINAL ? port.loginLine() : null,
        new SocketTunnel.Owner(turn, cluster.dialer()::closed));
  }

  /**
   * Whether another try with a new ticket may help: one made just before Proxmox changed its key is
   * refused, and a connection that had calls before may have been about to end.
   */
  private static boolean isPassing(ConsoleConnection connection, Throwable thrown) {
    return thrown instanceof Upgrade.Refused refused
        ? refused.answer().status() == UNAUTHORIZED
        : thrown instanceof Upgrade.Unanswered && connection.isKept();
  }

  private Future<ConsoleTunnel> onceMore(GuestLookup.Ready ready, Runnable turn, Throwable thrown) {
    if (!passing || again) {
      return Future.failedFuture(thrown);
    }
    again = true;
    return open(ready, turn);
  }

  private static Throwable explained(ApiSession session, Guest guest, Throwable thrown) {
    return switch (thrown) {
      case Upgrade.Refused refused when refused.answer().status() == UNAUTHORIZED ->
          new ServiceFailure.TicketRefused(session.peer().toString()).toException();
      case Upgrade.Refused refused ->
          session.failure(Step.PORT, refused.answer(), guest.ref()).toException();
      case Upgrade.Unanswered ended ->
          new ServiceFailure.PortLost(session.peer().toString(), Upgrade.Unanswered.DETAIL)
              .toException();
      default -> thrown;
    };
  }
}
