// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One process as Linux' {@code /proc} shows it. */
public final class ProcStat {

  /** USER_HZ, which is 100 on all that Java runs on. */
  private static final long MILLIS_PER_TICK = 10;

  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private final Path directory;

  /** The process with this number. */
  public ProcStat(long pid) {
    this.directory = Path.of("/proc", Long.toString(pid));
  }

  /** Processor time so far in ms, of user and system, in steps of 10. */
  public long cpuMillis() throws IOException {
    String line = Files.readString(directory.resolve("stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * MILLIS_PER_TICK;
  }

  /** Proportional set size in KiB. */
  public long pssKib() throws IOException {
    return number("smaps_rollup", "Pss:");
  }

  /** Threads. */
  public long threads() throws IOException {
    return number("status", "Threads:");
  }

  /** Open file descriptors. */
  public long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("fd"))) {
      return all.count();
    }
  }

  private long number(String file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip().split(" ", -1)[0])
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow(() -> new IOException("no " + name + " in " + file));
    }
  }
}
