// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was asked of the API server, by its own word. */
final class AuditLog {

  private static final Set<String> READING = Set.of("get", "list", "watch");

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();

  AuditLog(Path directory) throws IOException {
    file = directory.resolve("audit.log");
    Files.writeString(
        directory.resolve("audit-policy.yaml"),
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules:
        - level: Metadata
        """);
  }

  List<String> flags(Path directory) {
    return List.of(
        "--audit-policy-file=" + directory.resolve("audit-policy.yaml"),
        "--audit-log-path=" + file,
        "--audit-log-mode=blocking");
  }

  /** Requests of that user which change something, but for Leases, in order. */
  List<String> writes(String user) {
    List<String> writes = new ArrayList<>();
    for (JsonNode event : events()) {
      JsonNode object = event.path("objectRef");
      if (event.at("/user/username").asText().equals(user)
          && event.path("impersonatedUser").isMissingNode()
          && !READING.contains(event.path("verb").asText())
          && !object.path("resource").asText().equals("leases")
          && !object.path("resource").asText().startsWith("selfsubject")) {
        writes.add(
            event.path("verb").asText()
                + " "
                + object.path("resource").asText()
                + "/"
                + object.path("subresource").asText()
                + " "
                + object.path("name").asText()
                + " "
                + event.at("/responseStatus/code").asInt());
      }
    }
    return writes;
  }

  private List<JsonNode> events() {
    try {
      List<JsonNode> events = new ArrayList<>();
      for (String line : Files.readString(file).split("\n", -1)) {
        if (line.endsWith("}")) {
          events.add(json.readTree(line));
        }
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
