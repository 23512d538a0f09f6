// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/** Limits how long a future is waited for, and says what to do with one that comes late. */
final class Deadline {

  private Deadline() {}

  /**
   * The same result if it comes in time.
   *
   * @param late receives a value that comes after the time, to be closed or dropped
   */
  static <T> Future<T> within(
      Vertx vertx, Duration limit, Step step, Future<T> work, Consumer<T> late) {
    Promise<T> promise = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, limit.toMillis()),
            id -> promise.tryFail(new ServiceFailure.TimedOut(step, limit).toException()));
    work.onComplete(
        (value, failure) -> {
          vertx.cancelTimer(timer);
          if (failure != null) {
            promise.tryFail(failure);
          } else if (!promise.tryComplete(value)) {
            late.accept(value);
          }
        });
    return promise.future();
  }
}
