// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart of this work tree, with its defaults. */
final class Chart {

  static final String NAMESPACE = "pveconsole-system";
  static final String ACCOUNT = "pveconsole-operator";

  private static final Path FOLDER = Path.of("..", "helm", "pveconsole");

  /** The newest Kubernetes that the project is tested with; one built from source has no number. */
  private static final String KUBERNETES = "v1.36.3";

  private Chart() {}

  static List<HasMetadata> objects() {
    return objects(NAMESPACE, Map.of());
  }

  /** The chart as release "pveconsole" in that namespace, with values as for --set. */
  static List<HasMetadata> objects(String namespace, Map<String, Object> values) {
    KubernetesSerialization serialization = new KubernetesSerialization();
    TemplateCommand command =
        new Helm(FOLDER)
            .template()
            .withName("pveconsole")
            .withNamespace(namespace)
            .withKubeVersion(KUBERNETES);
    values.forEach(command::set);
    return Stream.of(command.call().split("(?m)^---\\s*$"))
        .filter(part -> part.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
        .map(part -> (HasMetadata) serialization.unmarshal(part))
        .toList();
  }
}
