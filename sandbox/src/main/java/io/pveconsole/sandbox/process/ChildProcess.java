// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running or ended child. */
public final class ChildProcess {

  /**
   * Long enough for a JVM to write its class archive, which it does when it ends the first time.
   */
  public static final Duration GRACE = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<Integer> exit;

  ChildProcess(String name, Process process, Path log, Path pids) {
    this.name = name;
    this.process = process;
    this.log = log;
    Path note = pids.resolve(Long.toString(process.pid()));
    this.exit =
        process
            .onExit()
            .thenApply(
                ended -> {
                  sweep(ended.pid());
                  forget(note);
                  return ended.exitValue();
                });
  }

  /**
   * Kills what the child has left running when it was killed, such as a simulator's QEMUs: it led a
   * process group of its own.
   */
  private static void sweep(long group) {
    try {
      new ProcessBuilder("sh", "-c", "kill -9 -" + group)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forget(Path note) {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Name it was started with. */
  public String name() {
    return name;
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit status. */
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  /** Where its output goes. */
  public Path log() {
    return log;
  }

  /** The last lines of its output, for a message about a failure. */
  public String lastLines(int count) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Asks it to end. */
  public void terminate() {
    process.destroy();
  }

  /** Asks it to end, then kills it when the grace is over; returns when it is gone. */
  public void stop(Duration grace) {
    terminate();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /** Kills it and what it has started. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
