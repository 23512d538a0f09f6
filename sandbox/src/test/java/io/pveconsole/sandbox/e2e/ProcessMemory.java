// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of a process and all below it, as Linux counts it. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** Proportional set size in MiB: shared pages count by their share. */
  static long mebibytes(ProcessHandle root) {
    long kibibytes =
        Stream.concat(Stream.of(root), root.descendants())
            .mapToLong(process -> proportional(process.pid()))
            .sum();
    return kibibytes / 1024;
  }

  private static long proportional(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0; // it ended meanwhile
    }
  }
}
