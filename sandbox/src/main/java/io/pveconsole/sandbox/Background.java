// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Start-up steps that run beside each other. */
final class Background implements AutoCloseable {

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  <T> Future<T> start(Callable<T> step) {
    return executor.submit(step);
  }

  /** The outcome of a step; its failure as it was thrown there. */
  static <T> T await(Future<T> step) throws InterruptedException {
    try {
      return step.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SandboxException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Interrupts what still runs and waits for it. */
  @Override
  public void close() {
    executor.shutdownNow();
    executor.close();
  }
}
