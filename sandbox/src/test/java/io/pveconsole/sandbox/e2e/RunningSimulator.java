// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A simulated Proxmox VE of the test's own, as a person would start a second one. */
final class RunningSimulator implements AutoCloseable {
  private final Process process;
  private final SimulatedGuests guests;

  private RunningSimulator(Process process, SimulatedGuests guests) {
    this.process = process;
    this.guests = guests;
  }

  static RunningSimulator start(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path jar;
    try (Stream<Path> files = Files.list(RunningSandbox.home().resolve("simulator/target/app"))) {
      jar = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
    Path log = directory.resolve("simulator.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--nodes",
                "pve1:0",
                "--control-port",
                "0",
                "--dir",
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Path facts = directory.resolve("simulator.json");
    Awaitility.await("simulator.json")
        .atMost(Duration.ofSeconds(30))
        .failFast("the simulator ended", () -> assertThat(process.isAlive()).isTrue())
        .until(() -> Files.exists(facts));
    return new RunningSimulator(process, new SimulatedGuests(facts));
  }

  SimulatedGuests guests() {
    return guests;
  }

  JsonNode facts() {
    return guests.facts();
  }

  /** Number of the first virtual machine that runs. */
  int runningGuest() {
    for (JsonNode guest : facts().get("guests")) {
      if (guest.get("status").asText().equals("running")
          && guest.get("type").asText().equals("qemu")) {
        return guest.get("vmid").asInt();
      }
    }
    throw new AssertionError("no running guest in " + facts().get("guests"));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
