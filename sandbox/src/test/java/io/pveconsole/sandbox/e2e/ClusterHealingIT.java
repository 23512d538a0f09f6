// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods come and go; the console returns by itself, or does not notice. */
@ExtendWith(OnKubeCluster.class)
class ClusterHealingIT {
  private static final String DEPLOYMENT = "deployment/" + KubeCluster.HOST + "-relay";
  private static final Duration AWAY = Duration.ofSeconds(20);

  @AfterEach
  void backToTwo(KubeCluster cluster) {
    cluster.patchHost("{\"spec\":{\"relay\":{\"replicas\":2}}}");
    cluster.awaitRelays(2);
  }

  @Test
  void returnsWhenTheRelaysAreRestarted(KubeCluster cluster) {
    try (ClusterConsole console = ClusterConsole.open(cluster, "restart", 100)) {
      long start = System.nanoTime();
      cluster.kubectl("-n", KubeCluster.CONSOLES, "rollout", "restart", DEPLOYMENT);
      cluster.kubectl(
          "-n", KubeCluster.CONSOLES, "rollout", "status", DEPLOYMENT, "--timeout=240s");
      awaitOldPodsGone(cluster);
      returned(console, "relays restarted", start);
      console.obeys("after the restart");
    }
  }

  /** Until each console has had to leave an old pod. */
  private static void awaitOldPodsGone(KubeCluster cluster) {
    Awaitility.await("no pod is on its way out")
        .atMost(Patience.of(KubeCluster.START))
        .until(
            () ->
                cluster
                    .kubernetes()
                    .pods()
                    .inNamespace(KubeCluster.CONSOLES)
                    .list()
                    .getItems()
                    .stream()
                    .noneMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
  }

  private static void returned(ClusterConsole console, String what, long start) {
    console.awaitPicture();
    Blinks blinks = console.blinks();
    Figures.add(
        "%s: console away %d times, %.1f s in sum (all of it took %.1f s)",
        what, blinks.count(), Figures.seconds(blinks.away()), Figures.secondsSince(start));
    assertThat(blinks.count()).as("it had to move").isPositive();
    assertThat(blinks.away()).isLessThan(Patience.of(AWAY));
  }

  @Test
  void returnsWhenItsPodIsKilled(KubeCluster cluster) {
    try (ClusterConsole console = ClusterConsole.open(cluster, "killed", 100)) {
      long start = System.nanoTime();
      String pod = podOf(cluster, "killed");
      cluster.kubectl(
          "-n", KubeCluster.CONSOLES, "delete", "pod", pod, "--grace-period=0", "--force");
      Awaitility.await("the console notices")
          .atMost(Patience.of(Duration.ofSeconds(60)))
          .until(() -> console.blinks().count() > 0);
      returned(console, "relay pod killed", start);
      console.obeys("after the kill");
      assertThat(podOf(cluster, "killed")).isNotEqualTo(pod);
    }
  }

  private static String podOf(KubeCluster cluster, String session) {
    String uid = cluster.session(KubeCluster.CONSOLES, session).getMetadata().getUid();
    return cluster
        .kubernetes()
        .resources(ConsoleGrant.class)
        .inNamespace(KubeCluster.CONSOLES)
        .withName(uid)
        .require()
        .getStatus()
        .viewer()
        .relayPod();
  }

  @Test
  void livesThroughOneThreeOneRelays(KubeCluster cluster) {
    scale(cluster, 1);
    try (ClusterConsole console = ClusterConsole.open(cluster, "scaled", 100)) {
      long start = System.nanoTime();
      scale(cluster, 3);
      console.neverBlinked();
      scale(cluster, 1);
      awaitOldPodsGone(cluster);
      console.awaitPicture();
      Blinks blinks = console.blinks();
      Figures.add(
          "relays 1 to 3 to 1: console away %d times, %.1f s in sum (took %.1f s)",
          blinks.count(), Figures.seconds(blinks.away()), Figures.secondsSince(start));
      assertThat(blinks.away()).isLessThan(Patience.of(AWAY));
      console.obeys("one again");
    }
  }

  private static void scale(KubeCluster cluster, int relays) {
    cluster.patchHost("{\"spec\":{\"relay\":{\"replicas\":%d}}}".formatted(relays));
    cluster.awaitRelays(relays);
  }

  @Test
  void doesNotNoticeThatTheOperatorIsKilled(KubeCluster cluster) {
    try (ClusterConsole console = ClusterConsole.open(cluster, "headless", 100)) {
      long start = System.nanoTime();
      cluster.kubectl(
          "-n", KubeCluster.SYSTEM, "delete", "pods", "--all", "--grace-period=0", "--force");
      cluster.open("after-the-operator", 101);
      Figures.add(
          "both operators killed: the next session was ready after %.1f s",
          Figures.secondsSince(start));
      cluster.delete(KubeCluster.CONSOLES, "after-the-operator");
      console.neverBlinked();
      console.obeys("nobody died");
    }
  }
}
