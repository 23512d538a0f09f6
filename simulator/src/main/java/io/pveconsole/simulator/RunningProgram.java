// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.control.ControlServer;
import io.pveconsole.simulator.guest.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;

/** A started simulator with its control interface and the files that describe it. */
final class RunningProgram implements AutoCloseable {
  private final ProxmoxSimulator simulator;
  private final ControlServer control;
  private final Path directory;

  private RunningProgram(ProxmoxSimulator simulator, ControlServer control, Path directory) {
    this.simulator = simulator;
    this.control = control;
    this.directory = directory;
  }

  static RunningProgram start(Options options) throws IOException {
    Files.createDirectories(options.directory());
    ProxmoxSimulator simulator = ProxmoxSimulator.start(options.config());
    try {
      ControlServer control = ControlServer.start(simulator, options.controlPort());
      RunningProgram program = new RunningProgram(simulator, control, options.directory());
      program.writeFiles();
      return program;
    } catch (IOException | RuntimeException e) {
      simulator.close();
      throw e;
    }
  }

  String readyLine() {
    String urls =
        simulator.endpoints().stream()
            .map(e -> e.node() + " " + e.url() + " (" + e.fingerprint() + ")")
            .collect(Collectors.joining(", "));
    return "Ready: "
        + urls
        + "; user "
        + simulator.username()
        + " password "
        + simulator.password()
        + "; token "
        + simulator.tokenId()
        + "="
        + simulator.tokenSecret()
        + "; CA "
        + caFile()
        + "; control "
        + control.url()
        + "; all of it in "
        + directory.resolve("simulator.json");
  }

  @Override
  public void close() {
    control.close();
    simulator.close();
  }

  private Path caFile() {
    return directory.resolve("pve-root-ca.pem");
  }

  private void writeFiles() throws IOException {
    Files.writeString(caFile(), simulator.caPem());
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode facts = mapper.createObjectNode();
    ArrayNode endpoints = facts.putArray("endpoints");
    for (Endpoint endpoint : simulator.endpoints()) {
      endpoints
          .addObject()
          .put("node", endpoint.node())
          .put("url", endpoint.url())
          .put("fingerprint", endpoint.fingerprint());
    }
    facts
        .put("caFile", caFile().toString())
        .put("username", simulator.username())
        .put("password", simulator.password())
        .put("tokenId", simulator.tokenId())
        .put("tokenSecret", simulator.tokenSecret())
        .put("controlUrl", control.url());
    ArrayNode guests = facts.putArray("guests");
    for (Guest guest : simulator.guests().all()) {
      guests.add(GuestJson.of(guest));
    }
    Path temporary = Files.createTempFile(directory, "simulator", ".tmp");
    Files.write(temporary, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
    Files.move(
        temporary,
        directory.resolve("simulator.json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
