// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guides tell people to write is what chart and API server take. */
@ExtendWith(OnInstalledChart.class)
class DocumentsIT {
  /** Lines that are indented as code, one after the other. */
  private static final Pattern BLOCK = Pattern.compile("(?m)(?:^ {4}.*\n(?:\n(?= {4}))?)+");

  private static final Pattern SETTING = Pattern.compile("--set '?([^ =]+)=([^ ']+)'?");

  private static List<String> blocks(String document) {
    return BLOCK
        .matcher(Yaml.text(Rendered.ROOT.resolve("docs").resolve(document)))
        .results()
        .map(MatchResult::group)
        .map(text -> text.replaceAll("(?m)^ {4}", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"install.md", "upgrade.md"})
  void setValuesThatTheChartKnows(String document) {
    List<String> commands =
        blocks(document).stream()
            .flatMap(block -> block.replace("\\\n", " ").lines())
            .filter(line -> line.startsWith("helm ") && line.contains("helm/pveconsole"))
            .toList();
    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      TemplateCommand template =
          new Helm(Rendered.CHART)
              .template()
              .withName("pveconsole")
              .withNamespace(Rendered.NAMESPACE)
              .withKubeVersion("v1.36.3");
      Matcher setting = SETTING.matcher(command);
      while (setting.find()) {
        set(template, setting.group(1), setting.group(2));
      }
      assertThat(template.call()).as(command).contains("kind: ");
    }
  }

  /** As the helm program reads it; its library takes no lists in braces. */
  private static void set(TemplateCommand template, String name, String value) {
    if (!value.startsWith("{")) {
      template.set(name, value);
      return;
    }
    String[] elements = value.substring(1, value.length() - 1).split(",");
    for (int i = 0; i < elements.length; i++) {
      template.set(name + "[" + i + "]", elements[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exposure.md", "tls.md"})
  void showHostsThatTheApiServerTakes(String document, InstalledChart chart) throws IOException {
    String namespace = chart.namespace();
    List<String> parts = new ArrayList<>();
    for (String block : blocks(document)) {
      if (!block.startsWith("exposure:") && !block.startsWith("tls:")) {
        continue;
      }
      parts.add(block);
      ObjectNode host = new ObjectMapper().valueToTree(Yaml.host("shown-" + parts.size()));
      JsonNode shown = new YAMLMapper().readTree(block);
      shown
          .properties()
          .forEach(e -> ((ObjectNode) host.get("spec")).set(e.getKey(), e.getValue()));
      chart
          .admin()
          .resource(new ObjectMapper().treeToValue(host, GenericKubernetesResource.class))
          .inNamespace(namespace)
          .fieldValidation(FieldValidateable.Validation.STRICT)
          .create();
    }
    assertThat(parts).isNotEmpty();
  }

  @Test
  void keepARunbookForEachAlertAndNoMore() {
    List<String> alerts =
        Yaml.text(Rendered.CHART.resolve("files/alerts.yaml"))
            .lines()
            .filter(line -> line.startsWith("- alert: "))
            .map(line -> line.substring("- alert: ".length()))
            .toList();
    assertThat(
            Yaml.text(Rendered.ROOT.resolve("docs/runbooks.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3)))
        .containsExactlyElementsOf(alerts);
  }
}
