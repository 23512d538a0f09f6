// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

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
    final Queue<Promise<Turn>> waiting = new ArrayDeque<>();
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

  Turnstiles(int permits, int maxWaiting, String what) {
    this.permits = permits;
    this.maxWaiting = maxWaiting;
    this.what = what;
  }

  Future<Turn> enter(K key) {
    synchronized (gates) {
      Gate gate = gates.computeIfAbsent(key, k -> new Gate());
      if (gate.inside < permits) {
        gate.inside++;
        return Future.succeededFuture(new Turn(key));
      }
      if (gate.waiting.size() >= maxWaiting) {
        return Failures.future(
            new ServiceFailure.Busy(Step.TICKET, maxWaiting + " wait for " + what));
      }
      Promise<Turn> promise = Promise.promise();
      gate.waiting.add(promise);
      return promise.future();
    }
  }

  private void next(K key) {
    Promise<Turn> next;
    synchronized (gates) {
      Gate gate = gates.get(key);
      if (gate == null) {
        throw new IllegalStateException("nobody is inside");
      }
      next = gate.waiting.poll();
      if (next == null && --gate.inside == 0) {
        gates.remove(key);
      }
    }
    if (next != null) {
      next.complete(new Turn(key));
    }
  }
}
