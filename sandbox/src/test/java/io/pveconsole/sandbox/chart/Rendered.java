// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart of this work tree, rendered. */
record Rendered(List<HasMetadata> objects) {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path CHART = ROOT.resolve("helm").resolve("pveconsole");
  static final String NAMESPACE = "pveconsole-system";

  static Rendered with(Map<String, Object> values) {
    return new Rendered(new ChartRenderer().render(CHART, values, NAMESPACE, "pveconsole"));
  }

  <T extends HasMetadata> Stream<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast);
  }

  <T extends HasMetadata> T one(Class<T> kind, String name) {
    return all(kind)
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
  }

  List<String> kinds() {
    return objects.stream().map(HasMetadata::getKind).distinct().sorted().toList();
  }
}
