// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.process.ChildCommand;
import io.pveconsole.sandbox.process.ChildProcess;
import io.pveconsole.sandbox.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The simulated Proxmox VE, a process of its own. */
public final class Simulator implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final ChildProcess process;
  private final SimulatorFacts facts;

  private Simulator(ChildProcess process, SimulatorFacts facts) {
    this.process = process;
    this.facts = facts;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param program command words
   * @param qemu guests backed by QEMU, may be empty
   */
  public static Simulator start(
      ChildProcesses children, List<String> program, Path directory, String qemu) {
    List<String> words = new ArrayList<>(program);
    words.addAll(
        List.of("--nodes", "pve1:0,pve2:0", "--control-port", "0", "--dir", directory.toString()));
    if (!qemu.isEmpty()) {
      words.addAll(List.of("--qemu", qemu));
    }
    ChildProcess process = children.start(new ChildCommand("simulator", words, Map.of()));
    try {
      return new Simulator(process, await(process, directory.resolve("simulator.json")));
    } catch (IOException | InterruptedException e) {
      process.kill();
      throw new SandboxException(
          "The simulator is not ready: " + e.getMessage(), "Its log is " + process.log() + ".", e);
    }
  }

  private static SimulatorFacts await(ChildProcess process, Path file)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    while (!Files.exists(file)) {
      if (!process.isAlive()) {
        throw new SandboxException(
            "The simulator did not start:\n" + process.lastLines(5).indent(2).stripTrailing(),
            "Its log is " + process.log() + ".");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("no " + file + " after " + PATIENCE_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return new ObjectMapper().readValue(file.toFile(), SimulatorFacts.class);
  }

  SimulatorFacts facts() {
    return facts;
  }

  /** For the person at the terminal. */
  public String description() {
    return facts.guests().size() + " guests on " + facts.endpoints().size() + " nodes";
  }

  @Override
  public void close() {
    process.stop(ChildProcess.GRACE);
  }
}
