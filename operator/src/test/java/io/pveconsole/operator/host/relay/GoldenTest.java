// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each folder in golden: the objects made from in-host.yaml, and from in-facts.yaml where it is
 * there. The folder minimal holds all objects; the others hold those that differ from it. With
 * -Dgolden.write=true the files are written, to be read in review.
 */
class GoldenTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final Path MINIMAL = FOLDER.resolve("minimal");

  static Stream<Path> scenarios() throws IOException {
    return Files.list(FOLDER).filter(Files::isDirectory).sorted();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void objectsOfAHost(Path scenario) throws IOException {
    Map<String, String> made = made(scenario);
    if (Boolean.getBoolean("golden.write")) {
      write(scenario, made);
    }
    Map<String, String> expected = files(MINIMAL);
    expected.putAll(files(scenario));
    assertThat(made).isEqualTo(expected);
  }

  @Test
  void thereAreEnoughScenarios() throws IOException {
    assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(25);
  }

  private static Map<String, String> made(Path scenario) throws IOException {
    ProxmoxHost host =
        Serialization.unmarshal(
            Files.readString(scenario.resolve("in-host.yaml")), ProxmoxHost.class);
    RelayPlan plan = GoldenFacts.of(scenario).plan(host);
    Map<String, String> made = new TreeMap<>();
    for (OwnedObject<?> object : RelayObjects.all()) {
      object
          .desired(plan)
          .map(HasMetadata.class::cast)
          .ifPresent(desired -> made.put(file(desired), Serialization.asYaml(desired)));
    }
    return made;
  }

  private static void write(Path scenario, Map<String, String> made) throws IOException {
    Map<String, String> minimal = scenario.equals(MINIMAL) ? Map.of() : made(MINIMAL);
    for (String old : files(scenario).keySet()) {
      Files.delete(scenario.resolve(old));
    }
    for (Map.Entry<String, String> entry : made.entrySet()) {
      if (!entry.getValue().equals(minimal.get(entry.getKey()))) {
        Files.writeString(scenario.resolve(entry.getKey()), entry.getValue());
      }
    }
  }

  private static String file(HasMetadata object) {
    return "out-" + object.getKind() + "-" + object.getMetadata().getName() + ".yaml";
  }

  private static Map<String, String> files(Path scenario) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(scenario)) {
      for (Path file : list.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("out-")) {
          files.put(name, Files.readString(file));
        }
      }
    }
    return files;
  }
}
