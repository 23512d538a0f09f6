// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Programs of an API server which writes down who asks it for what. */
final class AuditedApiServer {

  private static final int FORBIDDEN = 403;
  private static final int SUCCESSES = 300;

  private final ObjectMapper json = new ObjectMapper();
  private final Path log;
  private final Path programs;

  private AuditedApiServer(Path log, Path programs) {
    this.log = log;
    this.programs = programs;
  }

  /** Needs KUBEBUILDER_ASSETS or the cache, as the sandbox itself. */
  static AuditedApiServer lay(Path directory) throws IOException {
    Path real = Needs.apiServer();
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path log = directory.resolve("audit.log");
    Path policy = directory.resolve("audit-policy.yaml");
    Files.writeString(
        policy,
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: Metadata
        """);
    for (String program : List.of("etcd", "kubectl")) {
      Files.createSymbolicLink(programs.resolve(program), real.resolve(program));
    }
    Path server = programs.resolve("kube-apiserver");
    Files.writeString(
        server,
        """
        #!/bin/sh
        exec %s "$@" --audit-policy-file=%s --audit-log-path=%s --audit-log-mode=blocking
        """
            .formatted(real.resolve("kube-apiserver"), policy, log));
    if (!server.toFile().setExecutable(true)) {
      throw new IOException(server + " cannot be made executable");
    }
    return new AuditedApiServer(log, programs);
  }

  /** For the sandbox. */
  Map<String, String> environment() {
    return Map.of("KUBEBUILDER_ASSETS", programs.toString());
  }

  /** What that user was let do, each as group/resource verb. */
  Set<String> used(String user) throws IOException {
    Set<String> used = new TreeSet<>();
    for (JsonNode event : of(user)) {
      JsonNode object = event.path("objectRef");
      if (event.at("/responseStatus/code").asInt() < SUCCESSES && object.has("resource")) {
        String sub = object.path("subresource").asText();
        used.add(
            object.path("apiGroup").asText()
                + "/"
                + object.path("resource").asText()
                + (sub.isEmpty() ? "" : "/" + sub)
                + " "
                + event.path("verb").asText());
      }
    }
    return used;
  }

  /** What that user asked for in vain. */
  List<String> forbidden(String user) throws IOException {
    List<String> forbidden = new ArrayList<>();
    for (JsonNode event : of(user)) {
      if (event.at("/responseStatus/code").asInt() == FORBIDDEN) {
        forbidden.add(event.path("verb").asText() + " " + event.path("requestURI").asText());
      }
    }
    return forbidden;
  }

  private List<JsonNode> of(String user) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readString(log).split("\n", -1)) {
      if (line.endsWith("}")) {
        JsonNode event = json.readTree(line);
        if (event.at("/user/username").asText().equals(user)) {
          events.add(event);
        }
      }
    }
    return events;
  }
}
