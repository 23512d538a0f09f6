// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No rule of the kinds is without a file that breaks it; {@link CrdRulesIT} tries the files. */
class CrdRuleFilesTest {

  private static final Path FILES = Path.of("src", "test", "resources", "crds");
  private static final String EXPECT = "# expect: ";

  private final YAMLMapper yaml = new YAMLMapper();

  @ParameterizedTest
  @CsvSource({"host,proxmoxhosts", "session,consolesessions", "grant,consolegrants"})
  void everyRuleIsBroken(String word, String plural) throws IOException {
    Path crd = Rendered.ROOT.resolve("crds/generated").resolve(plural + ".pveconsole.io.yaml");
    List<String> expected = expected("invalid-" + word + "-");
    Set<String> messages = new TreeSet<>();
    collect(yaml.readTree(crd.toFile()), messages);
    assertThat(messages).isNotEmpty();
    assertThat(messages)
        .allSatisfy(
            message ->
                assertThat(expected)
                    .as("a file that breaks the rule: " + message)
                    .anyMatch(text -> message.contains(text) || text.contains(message)));
  }

  private static void collect(JsonNode node, Set<String> messages) {
    node.path("x-kubernetes-validations")
        .forEach(rule -> messages.add(rule.path("message").asText()));
    node.forEach(child -> collect(child, messages));
  }

  private static List<String> expected(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .map(CrdRuleFilesTest::firstLine)
          .toList();
    }
  }

  private static String firstLine(Path file) {
    String first = Yaml.text(file).lines().findFirst().orElseThrow();
    assertThat(first).as(file.toString()).startsWith(EXPECT);
    return first.substring(EXPECT.length());
  }
}
