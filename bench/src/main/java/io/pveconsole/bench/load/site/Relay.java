// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The relay that is measured, in a JVM of its own. */
public final class Relay implements AutoCloseable {

  private final Processes processes;
  private final Process process;
  private final ProcStat stat;

  /** Starts it. */
  Relay(Processes processes, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    this.processes = processes;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process = processes.add(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
    stat = new ProcStat(process.pid());
  }

  /** What the kernel says of it. */
  public ProcStat stat() {
    return stat;
  }

  /** What its JVM says. */
  public JvmTool jvm() {
    return new JvmTool(process.pid());
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    processes.stop(process);
  }
}
