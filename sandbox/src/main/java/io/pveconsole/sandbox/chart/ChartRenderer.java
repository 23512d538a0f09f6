// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Renders a chart as {@code helm template} does. Takes about a second at first, to load Helm. */
public final class ChartRenderer {

  private static final String TESTED = "v1.36.3";

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final String kubernetesVersion;

  /** For the newest Kubernetes that the project is tested with; Helm itself would assume 1.20. */
  public ChartRenderer() {
    this(TESTED);
  }

  /**
   * For a given Kubernetes version.
   *
   * @param kubernetesVersion as the API server tells it, such as {@code v1.36.3}
   */
  public ChartRenderer(String kubernetesVersion) {
    this.kubernetesVersion = kubernetesVersion;
  }

  /** The objects of the chart, in Helm's order of installation. */
  public List<HasMetadata> render(
      Path chart, Map<String, Object> values, String namespace, String release) {
    return Stream.of(text(chart, values, namespace, release).split("(?m)^---\\s*$"))
        .filter(ChartRenderer::holdsAnObject)
        .map(document -> (HasMetadata) serialization.unmarshal(document))
        .toList();
  }

  /** The same as YAML: what is installed, without what {@code helm test} runs. */
  String text(Path chart, Map<String, Object> values, String namespace, String release) {
    try {
      Path file = Files.createTempFile("pveconsole-values-", ".yaml");
      try {
        Files.writeString(file, serialization.asYaml(values));
        TemplateCommand command =
            new Helm(chart)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(kubernetesVersion)
                .withValuesFile(file);
        return command.call();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException | IllegalStateException e) {
      throw new SandboxException(
          "The chart in " + chart + " cannot be rendered: " + e.getMessage(),
          "Correct the values, or restore the chart.",
          e);
    }
  }

  private static boolean holdsAnObject(String document) {
    return document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"));
  }
}
