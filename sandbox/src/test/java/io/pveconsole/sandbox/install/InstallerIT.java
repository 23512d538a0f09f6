// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pveconsole.sandbox.api.Kinds;
import io.pveconsole.sandbox.api.real.ApiServerBinaries;
import io.pveconsole.sandbox.api.real.RealApi;
import io.pveconsole.sandbox.chart.ChartRenderer;
import io.pveconsole.sandbox.demo.SessionManifest;
import io.pveconsole.sandbox.process.ChildProcesses;
import io.pveconsole.sandbox.process.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart in a fresh API server. */
class InstallerIT {

  @TempDir Path directory;

  @Test
  void theFirstSessionIsTakenAndStampedAtOnce() throws Exception {
    Optional<ApiServerBinaries> binaries = ApiServerBinaries.find(System.getenv());
    assumeThat(binaries)
        .as("SKIPPED: no kube-apiserver; set KUBEBUILDER_ASSETS or run sandbox/apiserver/build")
        .isPresent();
    try (RunDirectory run = RunDirectory.claim(directory);
        ChildProcesses children = new ChildProcesses(run);
        RealApi api =
            RealApi.start(
                binaries.orElseThrow(),
                run.run().resolve("apiserver"),
                children.prefix(),
                run.logs())) {
      Installer installer = new Installer(api);
      ClusterPart chart = chart(api);
      assertThat(chart.stampsSessions()).isTrue();
      installer.install(chart);

      installer.awaitAdmission(chart);

      Config config = Config.fromKubeconfig(api.adminKubeconfig());
      config.setRequestRetryBackoffLimit(0);
      try (KubernetesClient person = new KubernetesClientBuilder().withConfig(config).build()) {
        GenericKubernetesResource session = SessionManifest.named("default", "first", "demo", 100);
        session.setAdditionalProperty(
            "spec", Map.of("hostRef", Map.of("name", "demo"), "target", Map.of("vmid", 100)));
        GenericKubernetesResource made =
            person
                .genericKubernetesResources(Kinds.SESSION)
                .inNamespace("default")
                .resource(session)
                .create();
        assertThat(Kinds.text(made, "spec", "requestedBy")).isPresent();
      }
    }
  }

  private static ClusterPart chart(RealApi api) throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("helm")) ? here : here.getParent();
    return new ClusterPart(
        new ChartRenderer(api.client().getKubernetesVersion().getGitVersion())
            .render(root.resolve("helm/pveconsole"), Map.of(), "pveconsole-system", "pveconsole"));
  }
}
