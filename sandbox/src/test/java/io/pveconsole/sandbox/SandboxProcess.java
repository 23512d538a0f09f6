// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sandbox's program in a process of its own, with fakes for all other programs. */
record SandboxProcess(Process process, Path output) implements AutoCloseable {

  static SandboxProcess start(Path home, Path directory, String... options) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--home",
            home.toString(),
            "--dir",
            directory.toString()));
    words.addAll(List.of(options));
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new SandboxProcess(process, output);
  }

  String text() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  Optional<String> line(String start) {
    return text().lines().filter(line -> line.startsWith(start)).findFirst();
  }

  void awaitText(String text) {
    await("the output")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(text()).contains(text));
  }

  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /** Command lines of processes that mention the directory. */
  static List<String> programsOf(Path directory) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
