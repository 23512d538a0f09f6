// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Waits for what a process writes when it is ready. */
final class Waiting {

  private static final long LOOK_MILLIS = 20;

  private Waiting() {}

  /**
   * Returns as soon as the file is there.
   *
   * @throws IOException with the end of the log when the process ends before, or takes too long
   */
  static void forFile(Path file, Process process, Path log, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(file.getFileName() + " does not come: " + Files.readString(log));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
