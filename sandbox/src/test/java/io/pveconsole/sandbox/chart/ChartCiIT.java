// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An API server takes every object of the chart, with each of the {@code ci/*-values.yaml}, with no
 * field that it does not know. Nothing is kept, as the tests share one server; {@link
 * ChartInstallIT} installs them.
 */
@ExtendWith(OnInstalledChart.class)
class ChartCiIT {
  private static final PatchContext TRY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("chart-ci")
          .withForce(true)
          .withDryRun(List.of("All"))
          .withFieldValidation("Strict")
          .build();

  static List<Path> values() throws IOException {
    try (Stream<Path> files = Files.list(Rendered.CHART.resolve("ci"))) {
      return files.filter(f -> f.toString().endsWith("-values.yaml")).sorted().toList();
    }
  }

  @BeforeAll
  static void prepare(InstalledChart chart) throws IOException {
    assertThat(values()).hasSizeGreaterThan(4);
    for (String name : List.of("team-a", "team-b")) {
      chart
          .admin()
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .serverSideApply();
    }
    MonitoringKinds.install(chart.admin());
  }

  @ParameterizedTest
  @MethodSource("values")
  void isTakenByAnApiServer(Path file, InstalledChart chart) {
    List<HasMetadata> objects = Rendered.with(read(file)).objects();
    assertThat(objects).isNotEmpty();
    for (HasMetadata object : objects) {
      assertThat(chart.admin().resource(object).patch(TRY))
          .as("%s %s", object.getKind(), object.getMetadata().getName())
          .isNotNull();
    }
  }

  private static Map<String, Object> read(Path file) {
    try {
      return new YAMLMapper()
          .readValue(file.toFile(), new com.fasterxml.jackson.core.type.TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
