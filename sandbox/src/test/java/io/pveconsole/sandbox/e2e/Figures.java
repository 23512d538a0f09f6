// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/** What tests on a cluster measured, one a line, for people: {@code target/cluster/figures.txt}. */
final class Figures {
  static final Path DIRECTORY = Path.of("target", "cluster");

  private Figures() {}

  static void add(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    System.out.println(line);
    try {
      Files.createDirectories(DIRECTORY);
      Files.writeString(
          DIRECTORY.resolve("figures.txt"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Since a moment of nanoTime. */
  static double secondsSince(long start) {
    return seconds(Duration.ofNanos(System.nanoTime() - start));
  }
}
