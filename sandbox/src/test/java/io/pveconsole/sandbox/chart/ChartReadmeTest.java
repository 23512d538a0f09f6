// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of values in the chart's README is the comments of values.yaml. With {@code
 * -Dchart.readme=write} the test writes it.
 */
class ChartReadmeTest {
  private static final Path README = Rendered.CHART.resolve("README.md");
  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):.*");
  private static final Pattern TABLE =
      Pattern.compile("(?s)(<!-- values -->\n).*(<!-- /values -->)");

  @Test
  void hasATableOfAllValues() throws IOException {
    String table = table();
    String readme = Files.readString(README);
    String wanted =
        TABLE
            .matcher(readme)
            .replaceFirst(r -> Matcher.quoteReplacement(r.group(1) + table + r.group(2)));
    if ("write".equals(System.getProperty("chart.readme"))) {
      Files.writeString(README, wanted);
    }
    assertThat(Files.readString(README))
        .as("run mvn -pl sandbox test -Dtest=ChartReadmeTest -Dchart.readme=write")
        .isEqualTo(wanted);
  }

  private static String table() throws IOException {
    JsonNode values = new YAMLMapper().readTree(Rendered.CHART.resolve("values.yaml").toFile());
    List<String> rows = new ArrayList<>(List.of("| value | meaning | default |", "|---|---|---|"));
    Deque<String> path = new ArrayDeque<>();
    String comment = "";
    for (String line : Files.readAllLines(Rendered.CHART.resolve("values.yaml"))) {
      String text = line.strip();
      Matcher key = KEY.matcher(line);
      if (text.startsWith("# -- ")) {
        comment = text.substring(5);
      } else if (text.startsWith("# ") && !comment.isEmpty()) {
        comment += " " + text.substring(2);
      } else if (key.matches()) {
        while (path.size() > key.group(1).length() / 2) {
          path.removeLast();
        }
        path.addLast(key.group(2));
        if (!comment.isEmpty()) {
          rows.add(row(String.join(".", path), comment, values.at("/" + String.join("/", path))));
        }
        comment = "";
      } else {
        comment = "";
      }
    }
    return String.join("\n", rows) + "\n";
  }

  private static String row(String name, String comment, JsonNode value)
      throws JsonProcessingException {
    return "| `%s` | %s | `%s` |"
        .formatted(name, comment.replace("|", "\\|"), new ObjectMapper().writeValueAsString(value));
  }

  /** No value without a word. */
  @Test
  void explainsEveryValue() throws IOException {
    JsonNode values = new YAMLMapper().readTree(Rendered.CHART.resolve("values.yaml").toFile());
    List<String> silent = new ArrayList<>();
    leaves(values, "", silent, table());
    assertThat(silent).isEmpty();
  }

  private static void leaves(JsonNode node, String path, List<String> silent, String table) {
    if (table.contains("| `" + path + "` |")) {
      return;
    }
    if (!node.isObject() || node.isEmpty()) {
      silent.add(path);
      return;
    }
    node.properties()
        .forEach(
            e ->
                leaves(
                    e.getValue(),
                    path.isEmpty() ? e.getKey() : path + "." + e.getKey(),
                    silent,
                    table));
  }
}
