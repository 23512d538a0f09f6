// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * How much at once: opens per endpoint, since a node has a hundred ports for consoles that wait for
 * their connection, and one open per guest while its only VNC password counts. Whoever waits too
 * long is told that it is busy.
 */
final class Gates {

  static final int OPENS_PER_ENDPOINT = 8;
  static final int WAITING = 256;
  static final Duration MAX_WAIT = Duration.ofMinutes(2);
  private static final long TELL_MILLIS = 500;

  private final Vertx vertx;
  private final Duration maxWait;
  private final Turnstiles<ProxmoxEndpoint> endpoints;
  private final Turnstiles<Integer> guests;

  Gates(Vertx vertx) {
    this(vertx, WAITING, MAX_WAIT);
  }

  Gates(Vertx vertx, int waiting, Duration maxWait) {
    this.vertx = vertx;
    this.maxWait = maxWait;
    this.endpoints = new Turnstiles<>(OPENS_PER_ENDPOINT, waiting, "an endpoint");
    this.guests = new Turnstiles<>(1, waiting, "the guest's password");
  }

  /** A share of an endpoint, on the context of the caller. */
  Future<Turnstiles<ProxmoxEndpoint>.Turn> endpoint(
      ProxmoxEndpoint endpoint, StepListener listener) {
    return patiently(endpoints, endpoint, listener, "others are first");
  }

  /** A guest's turn, on the context of the caller. */
  Future<Turnstiles<Integer>.Turn> guest(int vmid, StepListener listener) {
    return patiently(guests, vmid, listener, "another console of this guest is first");
  }

  private <K> Future<Turnstiles<K>.Turn> patiently(
      Turnstiles<K> turnstiles, K key, StepListener listener, String busy) {
    Turnstiles<K>.Place place = turnstiles.enter(key);
    if (place.turn().isComplete()) {
      return place.turn();
    }
    Context context = vertx.getOrCreateContext();
    Abandonment abandonment = listener.abandonment();
    Runnable leave = () -> place.giveUp(new ServiceFailure.Closed());
    abandonment.listen(leave);
    long limit =
        vertx.setTimer(
            maxWait.toMillis(), id -> place.giveUp(new ServiceFailure.Busy(Step.TICKET, busy)));
    Teller teller = new Teller(place, listener);
    teller.tell();
    long ticker = vertx.setPeriodic(TELL_MILLIS, id -> teller.tell());
    return Contexts.back(context, place.turn())
        .onComplete(
            (turn, failure) -> {
              vertx.cancelTimer(limit);
              vertx.cancelTimer(ticker);
              abandonment.forget(leave);
              teller.over(failure == null);
            });
  }

  /** Tells a listener of its place when that has changed. */
  private static final class Teller {
    private final Turnstiles<?>.Place place;
    private final StepListener listener;
    private int told;

    Teller(Turnstiles<?>.Place place, StepListener listener) {
      this.place = place;
      this.listener = listener;
    }

    void tell() {
      int position = place.position();
      if (position > 0 && position != told) {
        told = position;
        listener.queued(position);
      }
    }

    void over(boolean turn) {
      if (turn && told > 0) {
        listener.queued(0);
      }
    }
  }
}
