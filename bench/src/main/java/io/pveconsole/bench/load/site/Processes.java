// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes that were started here; none of them outlives this one, not even after Ctrl-C. */
public final class Processes implements AutoCloseable {

  private static final Duration ORDERLY = Duration.ofSeconds(5);

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final Thread hook =
      new Thread(() -> running.forEach(Process::destroyForcibly), "end-processes");

  /** None yet. */
  public Processes() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Remembers one. */
  Process add(Process process) {
    running.add(process);
    return process;
  }

  /** Ends one, with force after 5 s. */
  void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(ORDERLY.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    running.remove(process);
  }

  @Override
  public void close() {
    running.forEach(this::stop);
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
