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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs blocking calls on virtual threads, a bounded number at once, away from event loops. */
public final class Blocking implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Blocking.class);

  private final Vertx vertx;
  private final Semaphore room;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public Blocking(Vertx vertx, int most) {
    this.vertx = vertx;
    this.room = new Semaphore(most);
  }

  /**
   * Completes on the context of the caller; fails with {@link TimeoutException} after the limit,
   * while the call itself may still be going on.
   */
  public <T> Future<T> call(Duration limit, Callable<T> work) {
    if (!room.tryAcquire()) {
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
          Future<T> result = result(work);
          room.release();
          vertx.cancelTimer(timer);
          back(context, result, promise);
        });
    return promise.future();
  }

  private static <T> void back(Context context, Future<T> result, Promise<T> promise) {
    try {
      context.runOnContext(
          v -> {
            if (result.succeeded()) {
              promise.tryComplete(result.result());
            } else {
              promise.tryFail(result.cause());
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody waits any more: the event loops are gone");
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
