// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was asked of the API server, by its own word. */
final class AuditLog {

  private static final Set<String> READING = Set.of("get", "list", "watch");

  /** To the WebSocket over which a watch goes. */
  private static final int SWITCHED = 101;

  private static final Set<Integer> WAS_LET =
      Set.of(
          SWITCHED,
          HttpURLConnection.HTTP_OK,
          HttpURLConnection.HTTP_CREATED,
          HttpURLConnection.HTTP_NOT_FOUND);

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
    for (JsonNode event : of(user)) {
      JsonNode object = event.path("objectRef");
      if (!READING.contains(event.path("verb").asText())
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

  /**
   * What that user was let do, each as group/resource verb. An apply that makes an object needs the
   * verb create too; an object that is not there was asked for all the same.
   */
  Set<String> used(String user) {
    Set<String> used = new TreeSet<>();
    for (JsonNode event : of(user)) {
      JsonNode object = event.path("objectRef");
      if (WAS_LET.contains(event.at("/responseStatus/code").asInt())) {
        String sub = object.path("subresource").asText();
        String kind =
            object.path("apiGroup").asText()
                + "/"
                + object.path("resource").asText()
                + (sub.isEmpty() ? "" : "/" + sub);
        used.add(kind + " " + event.path("verb").asText());
        if (event.at("/responseStatus/code").asInt() == HttpURLConnection.HTTP_CREATED) {
          used.add(kind + " create");
        }
      }
    }
    return used;
  }

  /** What that user asked for and was forbidden. */
  List<String> forbidden(String user) {
    List<String> forbidden = new ArrayList<>();
    for (JsonNode event : of(user)) {
      if (event.at("/responseStatus/code").asInt() == HttpURLConnection.HTTP_FORBIDDEN) {
        forbidden.add(event.path("verb").asText() + " " + event.path("requestURI").asText());
      }
    }
    return forbidden;
  }

  /** Namespaces in which that user asked for something; empty text for the whole cluster. */
  Set<String> namespaces(String user) {
    Set<String> namespaces = new TreeSet<>();
    for (JsonNode event : of(user)) {
      if (!event.path("objectRef").isMissingNode()) {
        namespaces.add(event.at("/objectRef/namespace").asText());
      }
    }
    return namespaces;
  }

  private List<JsonNode> of(String user) {
    return events().stream()
        .filter(event -> event.at("/user/username").asText().equals(user))
        .filter(event -> event.path("impersonatedUser").isMissingNode())
        .toList();
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
