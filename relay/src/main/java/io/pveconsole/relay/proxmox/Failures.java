// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;

/** Between failures as values and failed futures. */
final class Failures {

  private Failures() {}

  static <T> Future<T> future(ProxmoxFailure failure) {
    return Future.failedFuture(failure.toException());
  }

  /** The failure in a throwable; anything unforeseen is a protocol error of the given step. */
  static ProxmoxFailure of(Step step, Throwable thrown) {
    return thrown instanceof ProxmoxException known
        ? known.failure()
        : new ServiceFailure.ProtocolError(step, thrown.getClass().getSimpleName());
  }

  /**
   * Whether it is the endpoint that fails, so that another may do better: all up to its first
   * answer.
   */
  static boolean ofEndpoint(ProxmoxFailure failure) {
    return switch (failure) {
      case ConnectFailure connect -> true;
      case ServiceFailure.TimedOut late -> late.step().compareTo(Step.AUTH) <= 0;
      case ServiceFailure.ProtocolError odd -> odd.step().compareTo(Step.AUTH) <= 0;
      default -> false;
    };
  }
}
