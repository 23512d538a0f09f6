// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gets into a session with one of several endpoints: the best is asked first, the next one when it
 * fails, and also, beside it, when it takes long. Who answers first with a lead to the guest wins.
 * Belongs to one event loop; runs once.
 */
final class EndpointRace {

  /** A healthy endpoint on another continent answers sooner. */
  static final Duration PATIENCE = Duration.ofMillis(700);

  private final Cluster cluster;
  private final Gates gates;
  private final Steps steps;
  private final List<ProxmoxEndpoint> order;
  private final @Nullable Sighting last;
  private final List<Attempt> running = new ArrayList<>();
  private final Promise<Entered> done = Promise.promise();
  private int next;
  private @Nullable Throwable firstFailure;

  /**
   * A session that has answered.
   *
   * @param share of the endpoint's opens, to be given back
   */
  record Entered(
      ApiSession session, GuestFinder.Lead lead, Turnstiles<ProxmoxEndpoint>.Turn share) {

    ProxmoxEndpoint endpoint() {
      return session.peer().endpoint();
    }

    void leave() {
      session.close();
      share.leave();
    }
  }

  /**
   * A race that has not begun.
   *
   * @param order the endpoints, best first; at least one
   * @param last where the guest is looked for before all guests are listed, null for nowhere
   */
  EndpointRace(
      Cluster cluster,
      Gates gates,
      Steps steps,
      List<ProxmoxEndpoint> order,
      @Nullable Sighting last) {
    this.cluster = cluster;
    this.gates = gates;
    this.steps = steps;
    this.order = order;
    this.last = last;
  }

  Future<Entered> run() {
    startNext();
    return done.future();
  }

  private void startNext() {
    if (next < order.size() && !done.future().isComplete()) {
      Attempt attempt = new Attempt(order.get(next++), running.isEmpty());
      running.add(attempt);
      attempt.begin();
    }
  }

  private void won(Attempt winner, Entered entered) {
    winner.lead();
    cluster.endpoints().works(winner.endpoint);
    for (Attempt slow : running) {
      cluster.endpoints().failed(slow.endpoint);
      slow.stop();
    }
    done.complete(entered);
  }

  private void lost(Attempt loser, Throwable thrown) {
    ProxmoxFailure failure = Failures.of(Step.TCP, thrown);
    boolean ofEndpoint = Failures.ofEndpoint(failure);
    if (ofEndpoint) {
      cluster.endpoints().failed(loser.endpoint);
    }
    if (firstFailure == null) {
      firstFailure = thrown;
    }
    if (!ofEndpoint && !(failure instanceof ServiceFailure.Busy)) {
      running.forEach(Attempt::stop);
      done.fail(thrown);
    } else if (!running.isEmpty()) {
      running.getFirst().lead();
    } else if (next < order.size()) {
      startNext();
    } else {
      done.fail(firstFailure);
    }
  }

  /** One endpoint. Its steps are told while it leads; of the others only the winner's are. */
  private final class Attempt implements StepListener {
    private final ProxmoxEndpoint endpoint;
    private final List<StepEvent> untold = new ArrayList<>();
    private boolean leads;
    private long timer = -1;
    private @Nullable ApiSession session;
    private Turnstiles<ProxmoxEndpoint>.@Nullable Turn share;

    Attempt(ProxmoxEndpoint endpoint, boolean leads) {
      this.endpoint = endpoint;
      this.leads = leads;
    }

    void begin() {
      Steps own = new Steps(this);
      gates
          .endpoint(endpoint, this)
          .compose(
              turn -> {
                share = turn;
                timer = cluster.vertx().setTimer(PATIENCE.toMillis(), id -> startNext());
                return cluster.reach(endpoint, own);
              })
          .compose(
              reached -> {
                session = reached;
                return own.run(Step.AUTH, () -> new GuestFinder(reached).lead(last, Step.AUTH));
              })
          .onComplete(this::ended);
    }

    private void ended(GuestFinder.@Nullable Lead lead, @Nullable Throwable failure) {
      cluster.vertx().cancelTimer(timer);
      running.remove(this);
      ApiSession reached = session;
      Turnstiles<ProxmoxEndpoint>.Turn entered = share;
      boolean over = done.future().isComplete();
      if (!over && lead != null && reached != null && entered != null) {
        won(this, new Entered(reached, lead, entered));
        return;
      }
      stop();
      if (entered != null) {
        entered.leave();
      }
      if (!over && failure != null) {
        lost(this, failure);
      }
    }

    /** Ends what is under way; its outcome does not count any more. */
    void stop() {
      if (session != null) {
        session.close();
      }
    }

    void lead() {
      leads = true;
      untold.forEach(steps.listener()::step);
      untold.clear();
    }

    @Override
    public void step(StepEvent event) {
      if (leads) {
        steps.listener().step(event);
      } else if (!done.future().isComplete()) {
        untold.add(event);
      }
    }

    @Override
    public void queued(int position) {
      if (leads) {
        steps.listener().queued(position);
      }
    }

    @Override
    public Abandonment abandonment() {
      return steps.listener().abandonment();
    }
  }
}
