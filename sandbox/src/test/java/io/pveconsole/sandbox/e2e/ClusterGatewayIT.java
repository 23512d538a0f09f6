// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way in by HTTPRoute; the kinds come while the operator runs. */
@ExtendWith(OnKubeCluster.class)
class ClusterGatewayIT {
  private static final String NAME = "by-gateway";

  /** Names the folder with the kinds of Gateway API. */
  private static final String KINDS = "GATEWAY_API_KINDS";

  @BeforeAll
  static void serveGateways(KubeCluster cluster) throws IOException {
    String kinds = System.getenv(KINDS);
    assertThat(kinds).as(KINDS).isNotNull();
    cluster.kubectl("apply", "--server-side", "-f", kinds);
    cluster.kubectl(
        "wait",
        "--for=condition=Established",
        "crd/httproutes.gateway.networking.k8s.io",
        "crd/gateways.gateway.networking.k8s.io",
        "--timeout=60s");
    cluster.apply(Files.readString(Path.of("src/test/cluster/gateway.yaml")));
    cluster.kubectl(
        "-n",
        "ingress",
        "patch",
        "deployment",
        "traefik",
        "--type=json",
        "-p",
        """
        [{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--providers.kubernetesgateway=true"}]
        """);
    cluster.kubectl("-n", "ingress", "rollout", "status", "deployment/traefik", "--timeout=120s");
  }

  @AfterAll
  static void asItWas(KubeCluster cluster) {
    cluster.kubectl(
        "-n", KubeCluster.CONSOLES, "delete", "proxmoxhost", NAME, "--ignore-not-found");
    cluster.kubectl("-n", "ingress", "rollout", "undo", "deployment/traefik");
    cluster.kubectl("-n", "ingress", "rollout", "status", "deployment/traefik", "--timeout=120s");
  }

  @Test
  void showsThePictureThroughAGateway(KubeCluster cluster) {
    String host =
        KubeHosts.host(KubeCluster.CONSOLES, NAME, "gateway.ingress.test", 1, cluster.simulator());
    long start = System.nanoTime();
    cluster.apply(
        host.replaceFirst("type: Ingress", "type: HTTPRoute")
            .replaceFirst(" *ingress: .*\n", "")
            .replaceFirst(
                "tls: \\{issuerRef.*",
                "httpRoute: {parentRefs: [{name: public, namespace: ingress, sectionName:"
                    + " https}]}"));
    cluster.awaitHost(KubeCluster.CONSOLES, NAME);
    Figures.add("ProxmoxHost with HTTPRoute until Ready: %.1f s", Figures.secondsSince(start));
    SessionLink link = cluster.open(KubeCluster.CONSOLES, "through-gateway", NAME, 100);
    try (Browser browser = Browser.through(PublicDoor.ADDRESS)) {
      browser.open(link.text());
      browser.awaitState("connected", Patience.of(Duration.ofSeconds(60)));
      Awaitility.await("a picture")
          .atMost(Patience.of(Duration.ofSeconds(20)))
          .until(() -> browser.coloursOfPicture() > 3);
      assertThat(browser.address()).startsWith("https://gateway.ingress.test/c/");
    }
  }
}
