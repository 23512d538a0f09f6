// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Upgrade, uninstall, install again, by helm and under an open console. */
@ExtendWith(OnKubeCluster.class)
class ClusterChartIT {
  @TempDir Path directory;

  @AfterEach
  void asItWas(KubeCluster cluster) {
    cluster.helm(Map.of());
  }

  private static Set<String> relays(KubeCluster cluster) {
    return cluster.relays(KubeCluster.CONSOLES, KubeCluster.HOST).stream()
        .map((Pod pod) -> pod.getMetadata().getUid())
        .collect(Collectors.toSet());
  }

  @Test
  void upgradesFromAnOlderChartWithoutTouchingRelays(KubeCluster cluster) throws IOException {
    Path older = directory.resolve("pveconsole");
    Program.run(
        "cp", "-r", RunningSandbox.home().resolve("helm/pveconsole").toString(), older.toString());
    Path chart = older.resolve("Chart.yaml");
    Files.writeString(
        chart, Files.readString(chart).replace("version: 0.1.0\n", "version: 0.0.9\n"));
    Program.run(
        "helm",
        "upgrade",
        "--install",
        "pveconsole",
        older.toString(),
        "--namespace",
        KubeCluster.SYSTEM,
        "--wait",
        "--timeout",
        "240s");
    Set<String> before = relays(cluster);
    String uid = host(cluster).getMetadata().getUid();
    try (ClusterConsole console = ClusterConsole.open(cluster, "upgraded", 100)) {
      cluster.helm(Map.of("operator.podAnnotations.upgraded", "yes"));
      assertThat(Program.run("helm", "list", "--namespace", KubeCluster.SYSTEM))
          .contains("pveconsole-0.1.0");
      cluster.open("after-the-upgrade", 101);
      console.neverBlinked();
    }
    assertThat(host(cluster).getMetadata().getUid()).isEqualTo(uid);
    assertThat(relays(cluster)).isEqualTo(before);
    cluster.delete(KubeCluster.CONSOLES, "after-the-upgrade");
  }

  @Test
  void testsItself(KubeCluster cluster) {
    long start = System.nanoTime();
    String said =
        Program.run(
            "helm",
            "test",
            "pveconsole",
            "--namespace",
            KubeCluster.SYSTEM,
            "--logs",
            "--timeout",
            "240s");
    Figures.add("helm test: %.1f s", Figures.secondsSince(start));
    assertThat(said).contains("Phase:", "Succeeded", "web-1", "its console closed");
    assertThat(
            cluster
                .kubernetes()
                .resources(ProxmoxHost.class)
                .inNamespace(KubeCluster.SYSTEM)
                .list()
                .getItems())
        .isEmpty();
  }

  private static List<Pod> operators(KubeCluster cluster) {
    return cluster
        .kubernetes()
        .pods()
        .inNamespace(KubeCluster.SYSTEM)
        .withLabel("app.kubernetes.io/component", "operator")
        .list()
        .getItems();
  }

  private static ProxmoxHost host(KubeCluster cluster) {
    return cluster.host(KubeCluster.CONSOLES, KubeCluster.HOST);
  }

  @Test
  void leavesKindsHostsAndConsolesWhenItIsUninstalled(KubeCluster cluster) {
    String uid = host(cluster).getMetadata().getUid();
    try (ClusterConsole console = ClusterConsole.open(cluster, "orphan", 100)) {
      Program.run("helm", "uninstall", "pveconsole", "--namespace", KubeCluster.SYSTEM, "--wait");
      Awaitility.await("the operators are gone")
          .atMost(Patience.of(Duration.ofSeconds(60)))
          .until(() -> operators(cluster).isEmpty());
      for (String kind : List.of("proxmoxhosts", "consolesessions", "consolegrants")) {
        cluster.kubectl("get", "crd", kind + ".pveconsole.io");
      }
      assertThat(host(cluster).getMetadata().getUid()).isEqualTo(uid);
      console.neverBlinked();
      cluster.helm(Map.of());
      cluster.open("adopted", 101);
      console.neverBlinked();
      console.obeys("never left");
      cluster.delete(KubeCluster.CONSOLES, "adopted");
    }
  }
}
