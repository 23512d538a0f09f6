// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart's CRDs are those that the Java model gives. */
class ChartCrdsTest {

  private final YAMLMapper yaml = new YAMLMapper();

  @Test
  void installsTheGeneratedCrds() throws IOException {
    String chart =
        new ChartRenderer()
            .text(
                Rendered.CHART,
                Map.of("crds", Map.of("keep", false)),
                Rendered.NAMESPACE,
                "pveconsole");
    List<JsonNode> installed = new ArrayList<>();
    yaml.readerFor(JsonNode.class)
        .<JsonNode>readValues(chart)
        .forEachRemaining(
            document -> {
              if (document.path("kind").asText().equals("CustomResourceDefinition")) {
                installed.add(document);
              }
            });
    assertThat(installed)
        .as("run helm/pveconsole/copy-crds")
        .containsExactlyInAnyOrderElementsOf(generated());
  }

  private List<JsonNode> generated() throws IOException {
    List<JsonNode> crds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Rendered.ROOT.resolve("crds").resolve("generated"))) {
      for (Path file : files.toList()) {
        crds.add(yaml.readTree(file.toFile()));
      }
    }
    return crds;
  }
}
