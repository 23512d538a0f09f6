// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static io.pveconsole.operator.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.config.OperatorConfig;
import io.pveconsole.operator.testing.MockCluster;
import io.pveconsole.operator.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each folder in golden-sessions: what the first pass makes of a session. in.yaml holds what
 * its spec, and that of its host, say beside the samples, and perhaps its namespace with labels;
 * out-grant.yaml is the grant, where one is made, and out-status.yaml the status. With
 * -Dgolden.write=true they are written, to be read in review.
 */
class GoldenSessionsTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden-sessions");

  private final MockCluster cluster = new MockCluster();
  private final SessionHandlers handlers =
      SessionHandlers.wire(
          cluster.client(),
          new Random(7),
          new OperatorConfig("ops", Set.of(), "relay", 0, false),
          new SessionIndex(() -> true));

  static Stream<Path> scenarios() throws IOException {
    return Files.list(FOLDER).filter(Files::isDirectory).sorted();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aSession(Path scenario) throws IOException {
    JsonNode in = Serialization.yamlMapper().readTree(scenario.resolve("in.yaml").toFile());
    ProxmoxHost host = with(Samples.readyHost("pve"), in.path("host"), ProxmoxHost.class);
    ConsoleSession session = with(Samples.session("one"), in.path("session"), ConsoleSession.class);
    if (in.has("namespace")) {
      session.getMetadata().setNamespace(in.get("namespace").asText());
      namespace(in);
    }
    Outcome outcome =
        handlers.handle(new SessionFacts(session, Optional.of(host), Optional.empty(), NOW));

    check(scenario.resolve("out-status.yaml"), Serialization.asYaml(outcome.status()));
    Optional<String> grant = grant(session);
    check(scenario.resolve("out-grant.yaml"), grant.orElse(""));
  }

  private void namespace(JsonNode in) {
    TreeMap<String, String> labels = new TreeMap<>();
    in.path("labels").properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
    cluster.create(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(in.get("namespace").asText())
            .withLabels(labels)
            .endMetadata()
            .build());
  }

  private Optional<String> grant(ConsoleSession session) {
    return new Grants(cluster.client())
        .live(Samples.NAMESPACE, session.getMetadata().getUid())
        .map(
            grant ->
                Serialization.asYaml(grant.getMetadata().getLabels())
                    + Serialization.asYaml(grant.getMetadata().getOwnerReferences())
                    + Serialization.asYaml(grant.getSpec()));
  }

  private static void check(Path file, String text) throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.deleteIfExists(file);
      if (!text.isEmpty()) {
        Files.writeString(file, text);
      }
    }
    assertThat(text).isEqualTo(Files.exists(file) ? Files.readString(file) : "");
  }

  private static <T> T with(T sample, JsonNode more, Class<T> type) {
    ObjectNode tree = Serialization.jsonMapper().valueToTree(sample);
    if (more instanceof ObjectNode fields) {
      ((ObjectNode) tree.get("spec")).setAll(fields);
    }
    return Serialization.jsonMapper().convertValue(tree, type);
  }
}
