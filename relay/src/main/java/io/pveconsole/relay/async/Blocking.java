// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.async;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

/**
 * Runs blocking calls on virtual threads, away from event loops: a bounded number at once, the
 * others one after the other as they came.
 */
public final class Blocking implements AutoCloseable {

  /** So many wait for each one that is made. */
  private static final int WAITING = 16;

  private final Vertx vertx;
  private final Semaphore places;
  private final Semaphore turns;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public Blocking(Vertx vertx, int most) {
    this.vertx = vertx;
    this.places = new Semaphore(most * (1 + WAITING));
    this.turns = new Semaphore(most, true);
  }

  /**
   * Completes on the context of the caller; fails with {@link TimeoutException} after the limit,
   * while the call itself may still be going on. One whose limit is over before its turn is not
   * made.
   */
  public <T> Future<T> call(Duration limit, Callable<T> work) {
    if (!places.tryAcquire()) {
      return Future.failedFuture(new RejectedExecutionException("too many calls at once"));
    }
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    long timer =
        vertx.setTimer(
            limit.toMillis(),
            id ->
                context.runOnContext(
                    v -> promise.tryFail(new TimeoutException("no answer in " + limit))));
    threads.execute(
        () -> {
          Future<T> result = inTurn(promise, work);
          places.release();
          vertx.cancelTimer(timer);
          context.runOnContext(
              v -> {
                if (result.succeeded()) {
                  promise.tryComplete(result.result());
                } else {
                  promise.tryFail(result.cause());
                }
              });
        });
    return promise.future();
  }

  private <T> Future<T> inTurn(Promise<T> promise, Callable<T> work) {
    turns.acquireUninterruptibly();
    try {
      return promise.future().isComplete()
          ? Future.failedFuture(new TimeoutException("no turn in time"))
          : result(work);
    } finally {
      turns.release();
    }
  }

  private static <T> Future<T> result(Callable<T> work) {
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
