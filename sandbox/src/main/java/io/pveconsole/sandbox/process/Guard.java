// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import io.pveconsole.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small shell process that ends the children when the sandbox is killed hard: the kernel then
 * closes the pipe it reads from.
 */
final class Guard implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 15;

  private final Process process;

  private Guard(Process process) {
    this.process = process;
  }

  static Guard start(RunDirectory directory) {
    Path launch = directory.run().resolve("launch.sh");
    Path script = Scripts.unpack("guard.sh", directory.run());
    List<String> command =
        List.of(
            "sh",
            launch.toString(),
            directory.tmp().toString(),
            "sh",
            script.toString(),
            directory.run().toString());
    try {
      return new Guard(
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new SandboxException("Cannot start sh.", "The sandbox needs a POSIX shell.", e);
    }
  }

  /** Lets it do its work, of which there is little when all children have been ended. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
