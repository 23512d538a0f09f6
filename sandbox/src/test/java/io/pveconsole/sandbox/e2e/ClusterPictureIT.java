// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole way on a real cluster: Ingress, TLS by cert-manager, relay pods, Proxmox. */
@ExtendWith(OnKubeCluster.class)
class ClusterPictureIT {

  @Test
  void showsThePictureTypesAndStays(KubeCluster cluster) throws Exception {
    long start = System.nanoTime();
    try (ClusterConsole console = ClusterConsole.open(cluster, "picture", 100)) {
      Figures.add(
          "session created until its picture in Chromium: %.1f s", Figures.secondsSince(start));
      console.obeys("echo on a cluster");
      Awaitility.await("it stays")
          .pollDelay(Duration.ofSeconds(15))
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(console::neverBlinked);
      console.browser().screenshot(Figures.DIRECTORY.resolve("console.png"));
      assertThat(console.browser().address())
          .startsWith("https://" + KubeCluster.PUBLIC_NAME + "/c/")
          .doesNotContain("#");
      assertThat(console.browser().consoleLog()).doesNotContain("Content Security Policy");
    }
  }

  @Test
  void servesTheCertificateOfItsIssuer(KubeCluster cluster) {
    try (PublicDoor door = PublicDoor.of(cluster)) {
      assertThat(door.serial(KubeCluster.PUBLIC_NAME)).isPositive();
    }
  }

  @Test
  void runsWhereOnlyRestrictedPodsMay(KubeCluster cluster) {
    var pods = cluster.kubernetes().pods();
    Pod loose =
        new PodBuilder()
            .withNewMetadata()
            .withName("loose")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("loose")
            .withImage("localhost/smoke:1")
            .endContainer()
            .endSpec()
            .build();
    for (String namespace : List.of(KubeCluster.SYSTEM, KubeCluster.CONSOLES)) {
      assertThatThrownBy(() -> pods.inNamespace(namespace).resource(loose).create())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("PodSecurity \"restricted:latest\"");
      assertThat(pods.inNamespace(namespace).list().getItems())
          .isNotEmpty()
          .allSatisfy(
              pod ->
                  assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(65532));
    }
  }
}
