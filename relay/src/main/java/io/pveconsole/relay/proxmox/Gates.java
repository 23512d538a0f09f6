// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How much at once: opens per endpoint, and one open per guest while its only VNC password counts.
 * Whoever waits too long is told that it is busy.
 */
final class Gates {

  private static final int OPENS_PER_ENDPOINT = 8;
  private static final int WAITING_PER_ENDPOINT = 256;
  private static final int WAITING_PER_GUEST = 16;
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Turnstiles<ProxmoxEndpoint> endpoints =
      new Turnstiles<>(OPENS_PER_ENDPOINT, WAITING_PER_ENDPOINT, "an endpoint");
  private final Turnstiles<Integer> guests =
      new Turnstiles<>(1, WAITING_PER_GUEST, "the guest's password");

  Gates(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A share of an endpoint, on the context of the caller. */
  Future<Turnstiles<ProxmoxEndpoint>.Turn> endpoint(ProxmoxEndpoint endpoint) {
    return patiently(endpoints.enter(endpoint), Turnstiles.Turn::leave, "others are first");
  }

  /** A guest's turn, on the context of the caller. */
  Future<Turnstiles<Integer>.Turn> guest(int vmid) {
    return patiently(
        guests.enter(vmid), Turnstiles.Turn::leave, "another console of this guest is first");
  }

  private <T> Future<T> patiently(Future<T> turn, Consumer<T> leave, String busy) {
    return Deadline.within(vertx, MAX_WAIT, Step.TICKET, Contexts.back(vertx, turn), leave)
        .recover(
            thrown ->
                Failures.of(Step.TICKET, thrown) instanceof ServiceFailure.TimedOut
                    ? Failures.future(new ServiceFailure.Busy(Step.TICKET, busy))
                    : Future.failedFuture(thrown));
  }
}
