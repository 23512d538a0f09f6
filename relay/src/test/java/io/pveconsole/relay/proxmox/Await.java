// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures in tests. */
final class Await {

  private static final int SECONDS = 20;

  private Await() {}

  static <T> T value(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no result", e);
    }
  }

  /** The failure of a future that must fail with a {@link ProxmoxException}. */
  static ProxmoxFailure failure(Future<?> future) {
    try {
      Object value = value(future);
      throw new AssertionError("expected a failure, got " + value);
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProxmoxException known) {
        return known.failure();
      }
      throw e;
    }
  }
}
