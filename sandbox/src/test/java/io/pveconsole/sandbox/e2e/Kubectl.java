// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The kubectl that a person would use with a sandbox. */
record Kubectl(Path program, Path kubeconfig) {
  private static final int PATIENCE_SECONDS = 60;

  /** Runs it; fails with its words when it does. Warnings are no part of the answer. */
  String run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    command.addAll(List.of(words));
    Path warnings = Files.createTempFile("kubectl", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(warnings.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("kubectl ended").isTrue();
      assertThat(process.exitValue())
          .as("kubectl %s:%n%s%s", List.of(words), output, Files.readString(warnings))
          .isZero();
      return output;
    } finally {
      Files.deleteIfExists(warnings);
    }
  }

  /** A merge patch of one object in the namespace default. */
  void patch(String kind, String name, String patch) throws IOException, InterruptedException {
    run("patch", kind, name, "--type", "merge", "-p", patch);
  }
}
