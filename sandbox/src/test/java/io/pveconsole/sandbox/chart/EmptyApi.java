// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import io.pveconsole.sandbox.api.real.ApiServerBinaries;
import io.pveconsole.sandbox.api.real.RealApi;
import io.pveconsole.sandbox.process.ChildProcesses;
import io.pveconsole.sandbox.process.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A real API server of one's own with nothing in it, whose files go with it. */
final class EmptyApi implements AutoCloseable {

  private final Path directory;
  private final RunDirectory run;
  private final ChildProcesses children;
  private final RealApi api;

  private EmptyApi(ApiServerBinaries binaries) throws IOException {
    directory = Files.createTempDirectory("pveconsole-chart-it-");
    run = RunDirectory.claim(directory);
    children = new ChildProcesses(run);
    api = RealApi.start(binaries, run.run().resolve("apiserver"), children.prefix(), run.logs());
  }

  static EmptyApi start(ApiServerBinaries binaries) throws IOException {
    return new EmptyApi(binaries);
  }

  RealApi api() {
    return api;
  }

  @Override
  public void close() throws Exception {
    try (AutoCloseable files = this::deleteAll;
        RunDirectory claimed = run;
        ChildProcesses processes = children) {
      api.close();
    }
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
