// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Helm installs the chart with each of the {@code ci/*-values.yaml}, and uninstalls it again. */
class ChartInstallIT {

  private static final String RELEASE = "pveconsole";

  @TempDir static Path directory;
  private static EmptyApi server;
  private static Path kubeconfig;

  @BeforeAll
  static void start() throws IOException {
    server = EmptyApi.start(OnInstalledChart.binaries());
    kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, server.api().adminKubeconfig());
    for (String name : List.of(Rendered.NAMESPACE, "team-a", "team-b")) {
      admin()
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
    MonitoringKinds.install(admin());
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static KubernetesClient admin() {
    return server.api().client();
  }

  static List<Path> values() throws IOException {
    return ChartCiIT.values();
  }

  @ParameterizedTest
  @MethodSource("values")
  void isInstalledAndUninstalled(Path values) {
    Release release =
        new Helm(Rendered.CHART)
            .install()
            .withName(RELEASE)
            .withNamespace(Rendered.NAMESPACE)
            .withKubeConfig(kubeconfig)
            .withValuesFile(values)
            .call();
    boolean cluster = values.getFileName().toString().startsWith("cluster-part");
    assertThat(release.getStatus()).isEqualTo("deployed");
    assertThat(operators()).hasSize(cluster ? 0 : 1);

    Helm.uninstall(RELEASE).withNamespace(Rendered.NAMESPACE).withKubeConfig(kubeconfig).call();

    assertThat(operators()).isEmpty();
    assertThat(
            admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("consolesessions.pveconsole.io")
                .get())
        .as("the kinds stay, and with them what people made of them")
        .isNotNull();
  }

  private static List<Deployment> operators() {
    return admin()
        .apps()
        .deployments()
        .inNamespace(Rendered.NAMESPACE)
        .withLabel("app.kubernetes.io/component", "operator")
        .list()
        .getItems();
  }
}
