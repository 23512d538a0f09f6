// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.relay.RelayObjects.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each folder in golden: the objects made from in-host.yaml are those of the files out-*.yaml,
 * no more and no fewer. With -Dgolden.write=true the files are written, to be read in review.
 */
class GoldenTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  static Stream<Path> scenarios() throws IOException {
    return Files.list(FOLDER).filter(Files::isDirectory).sorted();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void objectsOfAHost(Path scenario) throws IOException {
    ProxmoxHost host =
        Serialization.unmarshal(
            Files.readString(scenario.resolve("in-host.yaml")), ProxmoxHost.class);
    Map<String, String> made = new TreeMap<>();
    for (OwnedObject<?> object : RelayObjects.all(Route.MAKE)) {
      object
          .desired(new RelayPlan(host, "registry.example.com/relay:1"))
          .map(HasMetadata.class::cast)
          .ifPresent(desired -> made.put(file(desired), Serialization.asYaml(desired)));
    }
    if (Boolean.getBoolean("golden.write")) {
      for (Map.Entry<String, String> entry : made.entrySet()) {
        Files.writeString(scenario.resolve(entry.getKey()), entry.getValue());
      }
    }
    assertThat(made).isEqualTo(expected(scenario));
  }

  private static String file(HasMetadata object) {
    return "out-" + object.getKind() + "-" + object.getMetadata().getName() + ".yaml";
  }

  private static Map<String, String> expected(Path scenario) throws IOException {
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
