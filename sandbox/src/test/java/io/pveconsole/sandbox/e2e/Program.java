// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that a test runs and waits for. */
final class Program {
  private static final int LIMIT_SECONDS = 300;

  /** What it printed and how it ended. */
  record Ran(int code, String out, String err) {}

  private Program() {}

  /** What it printed; fails with its words when it fails. */
  static String run(String... words) {
    Ran ran = attempt(Map.of(), words);
    if (ran.code() != 0) {
      throw new AssertionError(String.join(" ", words) + ":\n" + ran.out() + ran.err());
    }
    return ran.out();
  }

  /** Runs it to its end, whatever that is. */
  static Ran attempt(Map<String, String> environment, String... words) {
    try {
      Path errors = Files.createTempFile("program", ".txt");
      Path output = Files.createTempFile("program", ".txt");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(List.of(words))
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(String.join(" ", words) + " does not end");
        }
        return new Ran(process.exitValue(), text(output), text(errors));
      } finally {
        Files.deleteIfExists(errors);
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
