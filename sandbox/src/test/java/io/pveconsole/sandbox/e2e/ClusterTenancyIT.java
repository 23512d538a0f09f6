// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two teams, each with a host of its own, looked after by an operator with rights in these two
 * namespaces only; the cluster part stands alone.
 */
@ExtendWith(OnKubeCluster.class)
class ClusterTenancyIT {
  private static final String OPERATOR =
      "system:serviceaccount:team-a:namespaced-pveconsole-operator";

  @BeforeAll
  static void install(KubeCluster cluster) {
    for (String team : List.of("team-a", "team-b")) {
      cluster.namespace(team);
      cluster.kubectl(
          "-n",
          team,
          "create",
          "rolebinding",
          "people",
          "--clusterrole=edit",
          "--user=" + person(team));
    }
    // The cluster part alone, and policies that know the other operator.
    cluster.helm(
        Map.of(
            "operator.enabled", "false",
            "rbac.create", "false",
            "admission.operatorAccounts[0]", OPERATOR));
    Program.run(
        "helm",
        "upgrade",
        "--install",
        "namespaced",
        RunningSandbox.home().resolve("helm/pveconsole").toString(),
        "--namespace",
        "team-a",
        "--set",
        "watchNamespaces={team-a,team-b}",
        "--wait",
        "--timeout",
        "240s");
    for (String team : List.of("team-a", "team-b")) {
      cluster.apply(KubeHosts.host(team, team, team + ".ingress.test", 1, cluster.simulator()));
    }
    for (String team : List.of("team-a", "team-b")) {
      cluster.awaitHost(team, team);
    }
  }

  @AfterAll
  static void restore(KubeCluster cluster) {
    for (String team : List.of("team-a", "team-b")) {
      cluster.kubectl("-n", team, "delete", "proxmoxhost", "--all");
    }
    Program.run("helm", "uninstall", "namespaced", "--namespace", "team-a", "--wait");
    cluster.helm(Map.of("operator.enabled", "true", "rbac.create", "true"));
    cluster.kubectl("delete", "namespace", "team-a", "team-b", "--wait=false");
    cluster.awaitHost(KubeCluster.CONSOLES, KubeCluster.HOST);
  }

  private static String person(String team) {
    return "somebody-of-" + team;
  }

  private static KubernetesClient as(String user) {
    Config config = Config.autoConfigure(null);
    config.setImpersonateUsername(user);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Test
  void worksWithRightsInItsNamespacesOnly(KubeCluster cluster) throws Exception {
    for (String what : List.of("list pods -A", "get secrets -n consoles", "list namespaces")) {
      assertThat(mayOperator(what)).as(what).isEqualTo("no");
    }
    assertThat(mayOperator("get secrets -n team-b")).isEqualTo("yes");
    SessionLink link = cluster.open("team-b", "of-b", "team-b", 100);
    try (Browser browser = Browser.through(PublicDoor.ADDRESS)) {
      browser.open(link.text());
      browser.awaitState("connected", Patience.of(Duration.ofSeconds(60)));
      Awaitility.await("a picture")
          .atMost(Patience.of(Duration.ofSeconds(20)))
          .until(() -> browser.coloursOfPicture() > 3);
    }
  }

  private static String mayOperator(String what) {
    String[] words = ("kubectl auth can-i " + what + " --as " + OPERATOR).split(" ");
    return Program.attempt(Map.of(), words).out().strip();
  }

  @Test
  void keepsTeamsFromEachOthersConsoles(KubeCluster cluster) throws Exception {
    try (KubernetesClient ours = as(person("team-a"));
        PublicDoor door = PublicDoor.of(cluster)) {
      Map<String, String> theirs = Map.of("name", "team-b", "namespace", "team-b");
      assertThatThrownBy(() -> cluster.create(ours, "team-a", "across", theirs, 100))
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("team-b");
      assertThatThrownBy(
              () -> cluster.create(ours, "team-b", "inside", Map.of("name", "team-b"), 100))
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("forbidden");

      SessionLink own = cluster.create(ours, "team-a", "own", Map.of("name", "team-a"), 100);
      cluster.awaitReady("team-a", "own");
      assertThat(cluster.session("team-a", "own").getSpec().requestedBy())
          .contains(person("team-a"));
      SessionLink foreign = cluster.open("team-b", "b", "team-b", 101);
      SessionLink elsewhere = new SessionLink(own.name(), foreign.url(), own.uid(), own.secret());
      redeem(door, foreign);
      assertThat(door.calls(elsewhere.url()).redeem(elsewhere, RelayCalls.nonce()).status())
          .as("a link of the other team's host")
          .isBetween(400, 499);
      String cookies = redeem(door, own).cookieHeader();
      assertThat(door.calls(own.url()).call(own, "state", cookies).status()).isEqualTo(200);
      assertThat(door.calls(elsewhere.url()).call(elsewhere, "state", cookies).status())
          .as("cookies of the other team's host")
          .isBetween(400, 499);
    }
  }

  /** The ingress controller takes a moment to learn of a new host, and says 404 until then. */
  private static RelayCalls.Answer redeem(PublicDoor door, SessionLink link) {
    String nonce = RelayCalls.nonce();
    return Awaitility.await("the way to " + link.url())
        .atMost(Patience.of(Duration.ofSeconds(30)))
        .until(() -> door.calls(link.url()).redeem(link, nonce), answer -> answer.status() == 204);
  }
}
