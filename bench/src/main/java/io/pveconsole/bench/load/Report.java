// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import io.pveconsole.bench.load.figures.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Shows results to a person, and keeps them for programs. */
final class Report {

  private final PrintStream out;
  private final Path file;

  /** Begins a new results.jsonl. */
  Report(PrintStream out, Path directory) throws IOException {
    this.out = out;
    this.file = directory.resolve("results.jsonl");
    Files.createDirectories(directory);
    Files.writeString(file, "");
  }

  void add(Result result) throws IOException {
    Files.writeString(file, result.json().encode() + "\n", StandardOpenOption.APPEND);
    result
        .figures()
        .forEach(
            (name, value) -> out.printf("%-18s %-42s %12.3f%n", result.scenario(), name, value));
    result.troubles().forEach(trouble -> out.printf("%-18s ! %s%n", result.scenario(), trouble));
  }
}
