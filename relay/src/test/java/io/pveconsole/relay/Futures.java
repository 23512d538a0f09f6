// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures in tests. */
public final class Futures {

  private static final int SECONDS = 20;

  private Futures() {}

  /** The value, or its failure thrown. */
  public static <T> T value(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no result", e);
    }
  }

  /** The failure of a future that must fail. */
  public static Throwable failure(Future<?> future) {
    try {
      Object value = value(future);
      throw new AssertionError("expected a failure, got " + value);
    } catch (CompletionException e) {
      return e.getCause();
    }
  }
}
