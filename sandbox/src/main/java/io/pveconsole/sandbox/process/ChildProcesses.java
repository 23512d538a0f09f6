// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import io.pveconsole.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts child processes that never outlive the sandbox, however it ends. */
public final class ChildProcesses implements AutoCloseable {

  private final RunDirectory directory;
  private final Path launch;
  private final Guard guard;

  /** Starts the guard. */
  public ChildProcesses(RunDirectory directory) {
    this.directory = directory;
    this.launch = Scripts.unpack("launch.sh", directory.run());
    this.guard = Guard.start(directory);
  }

  /** Command words to put before another command, so that it is guarded. */
  public List<String> prefix() {
    return List.of("sh", launch.toString(), directory.pids().toString());
  }

  /** Starts a child; its output goes to the file named after it in the log directory. */
  public ChildProcess start(ChildCommand command) {
    List<String> words = new ArrayList<>(prefix());
    words.addAll(command.words());
    Path log = directory.logs().resolve(command.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(command.environment());
    try {
      return new ChildProcess(command.name(), builder.start(), log, directory.pids());
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot start " + command.name() + ": " + e.getMessage(),
          "Check that " + words.get(words.size() > 3 ? 3 : 0) + " can be run.",
          e);
    }
  }

  @Override
  public void close() {
    guard.close();
  }
}
