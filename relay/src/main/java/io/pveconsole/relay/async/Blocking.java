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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs blocking calls on virtual threads, away from event loops: a bounded number at once, the
 * others one after the other as they came. Safe from any thread.
 */
public final class Blocking implements AutoCloseable {

  /** So many wait for each one that is made. */
  private static final int WAITING = 16;

  private final Vertx vertx;
  private final Duration patience;
  private final Semaphore places;
  private final Semaphore turns;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Where calls wait for their turn.
   *
   * @param most calls that are made at once
   * @param patience how long one waits at most until it is made
   */
  public Blocking(Vertx vertx, int most, Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
    this.places = new Semaphore(most * (1 + WAITING));
    this.turns = new Semaphore(most, true);
  }

  /**
   * Completes on the context of the caller. Fails with {@link TimeoutException} where its turn does
   * not come in time, then it is not made; and after the limit, while the call itself may still be
   * going on.
   *
   * @param limit counted from the call's turn, so that a crowd is slow rather than refused
   */
  public <T> Future<T> call(Duration limit, Callable<T> work) {
    if (!places.tryAcquire()) {
      return Future.failedFuture(new RejectedExecutionException("too many calls at once"));
    }
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    threads.execute(
        () -> {
          Future<T> result = inTurn(context, promise, limit, work);
          places.release();
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

  private <T> Future<T> inTurn(
      Context context, Promise<T> promise, Duration limit, Callable<T> work) {
    try {
      if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return Future.failedFuture(new TimeoutException("no turn in " + patience));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Future.failedFuture(e);
    }
    long timer =
        vertx.setTimer(
            limit.toMillis(),
            id ->
                context.runOnContext(
                    v -> promise.tryFail(new TimeoutException("no answer in " + limit))));
    try {
      return result(work);
    } finally {
      vertx.cancelTimer(timer);
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
