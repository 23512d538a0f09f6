// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets a few in at once per key, in order of arrival, with a bounded queue. Safe for use from any
 * thread; futures complete on the thread of whoever leaves.
 */
final class Turnstiles<K> {

  private final int permits;
  private final int maxWaiting;
  private final String what;
  private final Map<K, Gate> gates = new HashMap<>();

  private final class Gate {
    int inside;
    final List<Place> waiting = new ArrayList<>();
  }

  /** The right to be inside, given back once. */
  final class Turn {
    private final K key;
    private boolean left;

    private Turn(K key) {
      this.key = key;
    }

    void leave() {
      synchronized (this) {
        if (left) {
          return;
        }
        left = true;
      }
      next(key);
    }
  }

  /** A place at the gate, or the turn already. */
  final class Place {
    private final K key;
    private final Promise<Turn> turn = Promise.promise();

    private Place(K key) {
      this.key = key;
    }

    Future<Turn> turn() {
      return turn.future();
    }

    /** How many come before, this one included; 0 once it is not waiting any more. */
    int position() {
      synchronized (gates) {
        Gate gate = gates.get(key);
        return gate == null ? 0 : gate.waiting.indexOf(this) + 1;
      }
    }

    /** Leaves the queue; a turn that has come is given back. */
    void giveUp(ProxmoxFailure why) {
      synchronized (gates) {
        Gate gate = gates.get(key);
        if (gate != null) {
          gate.waiting.remove(this);
        }
      }
      if (!turn.tryFail(why.toException())) {
        turn.future().onSuccess(Turn::leave);
      }
    }
  }

  Turnstiles(int permits, int maxWaiting, String what) {
    this.permits = permits;
    this.maxWaiting = maxWaiting;
    this.what = what;
  }

  /** Takes a place; its turn fails at once where too many wait. */
  Place enter(K key) {
    Place place = new Place(key);
    boolean full;
    synchronized (gates) {
      Gate gate = gates.computeIfAbsent(key, k -> new Gate());
      if (gate.inside < permits) {
        gate.inside++;
        place.turn.complete(new Turn(key));
        return place;
      }
      full = gate.waiting.size() >= maxWaiting;
      if (!full) {
        gate.waiting.add(place);
      }
    }
    if (full) {
      place.turn.fail(
          new ServiceFailure.Busy(Step.TICKET, maxWaiting + " wait for " + what).toException());
    }
    return place;
  }

  private void next(K key) {
    Turn turn = new Turn(key);
    Place next;
    do {
      synchronized (gates) {
        Gate gate = gates.get(key);
        if (gate == null) {
          throw new IllegalStateException("nobody is inside");
        }
        next = gate.waiting.isEmpty() ? null : gate.waiting.removeFirst();
        if (next == null && --gate.inside == 0) {
          gates.remove(key);
        }
      }
    } while (next != null && !next.turn.tryComplete(turn));
  }
}
