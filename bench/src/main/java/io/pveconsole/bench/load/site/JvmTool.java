// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks another JVM by jcmd. */
public final class JvmTool {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern USED =
      Pattern.compile("(?:generation|DefNew|Tenured|heap)\\s+total \\d+K, used (\\d+)K");

  private final long pid;

  /** The JVM with this process number. */
  public JvmTool(long pid) {
    this.pid = pid;
  }

  /** Collects garbage. */
  public void collect() throws IOException, InterruptedException {
    String unused = jcmd("GC.run");
  }

  /** What is left on the heap after a collection, in KiB. */
  public long liveHeapKib() throws IOException, InterruptedException {
    collect();
    return used(jcmd("GC.heap_info"));
  }

  /** Adds up what the generations use, in KiB. */
  static long used(String heapInfo) throws IOException {
    Matcher found = USED.matcher(heapInfo);
    long sum = 0;
    boolean any = false;
    while (found.find()) {
      sum += Long.parseLong(found.group(1));
      any = true;
    }
    if (!any) {
      throw new IOException("no heap in: " + heapInfo);
    }
    return sum;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("jcmd", ".txt");
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("jcmd " + command + " took more than " + LIMIT);
      }
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      Files.delete(output);
    }
  }
}
