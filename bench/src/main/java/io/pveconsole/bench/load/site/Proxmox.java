// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import io.pveconsole.simulator.Main;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The simulated Proxmox, in a JVM of its own on the processors of this one. */
public final class Proxmox implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private final Processes processes;
  private final Process process;
  private final JsonObject facts;

  /** Starts it; returns when it is ready, after 30 s at most. */
  public Proxmox(Processes processes, Path directory) throws IOException, InterruptedException {
    this.processes = processes;
    Files.createDirectories(directory);
    Path guests = Files.writeString(directory.resolve("guests"), GuestPlan.file());
    Path log = directory.resolve("log");
    Path ready = directory.resolve("simulator.json");
    Files.deleteIfExists(ready);
    process =
        processes.add(
            new ProcessBuilder(command(directory, guests))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    Waiting.forFile(ready, process, log, START);
    facts = new JsonObject(Files.readString(ready));
  }

  private static List<String> command(Path directory, Path guests) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx2g",
        "-Djdk.virtualThreadScheduler.parallelism=4",
        "-cp",
        ClassPath.mine(),
        Main.class.getName(),
        "--nodes",
        GuestPlan.NODE + ":0",
        "--guests",
        guests.toString(),
        "--dir",
        directory.toString());
  }

  String url() {
    return facts.getJsonArray("endpoints").getJsonObject(0).getString("url");
  }

  Path ca() {
    return Path.of(facts.getString("caFile"));
  }

  String token() {
    return facts.getString("tokenId") + "=" + facts.getString("tokenSecret");
  }

  @Override
  public void close() {
    processes.stop(process);
  }
}
