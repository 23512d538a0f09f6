// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code helm test} makes, and only then. */
class ChartSelfTestTest {

  private static final String HOOK = "helm.sh/hook: test";
  private static final String NAME = "pveconsole-selftest";

  @TempDir Path directory;

  /** The objects of the test, which Helm renders only where they are no hooks. */
  private List<HasMetadata> objects(Map<String, Object> values) throws IOException {
    Path chart = directory.resolve("pveconsole");
    try (Stream<Path> files = Files.walk(Rendered.CHART)) {
      for (Path file : files.toList()) {
        Files.copy(file, chart.resolve(Rendered.CHART.relativize(file)));
      }
    }
    Path template = chart.resolve("templates/tests/selftest.yaml");
    Files.writeString(template, Files.readString(template).replace(HOOK, "test: hook"));
    return new ChartRenderer()
        .render(chart, values, Rendered.NAMESPACE, "pveconsole").stream()
            .filter(object -> object.getMetadata().getName().equals(NAME))
            .toList();
  }

  @Test
  void isAHookWithRightsOnItsOwnObjectsOnly() throws IOException {
    List<HasMetadata> objects = objects(Map.of());

    assertThat(objects)
        .extracting(HasMetadata::getKind)
        .containsExactlyInAnyOrder("ServiceAccount", "Role", "RoleBinding", "Pod");
    assertThat(objects)
        .allMatch(object -> "hook".equals(object.getMetadata().getAnnotations().get("test")));
    assertThat(Rendered.with(Map.of()).objects())
        .noneMatch(object -> object.getMetadata().getName().equals(NAME));
    assertThat(only(Role.class, objects).getRules())
        .filteredOn(rule -> !rule.getVerbs().equals(List.of("create")))
        .extracting(PolicyRule::getResourceNames)
        .containsOnly(List.of(NAME));
    assertThat(only(Pod.class, objects).getSpec().getContainers().getFirst().getImage())
        .startsWith("ghcr.io/pveconsole/selftest:");
  }

  private static <T> T only(Class<T> kind, List<HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  @Test
  void isThereWhereTheOperatorLooksAfterItsNamespace() throws IOException {
    assertThat(objects(Map.of("watchNamespaces", List.of("team-b", Rendered.NAMESPACE))))
        .isNotEmpty();
  }

  @Test
  void isNotThereWhereTheOperatorLooksElsewhere() throws IOException {
    assertThat(objects(Map.of("watchNamespaces", List.of("team-b")))).isEmpty();
  }
}
