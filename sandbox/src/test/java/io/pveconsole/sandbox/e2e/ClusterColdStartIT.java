// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A relay whose pod has just become ready, beside one that has been in use. */
@ExtendWith(OnKubeCluster.class)
class ClusterColdStartIT {
  private static final String COLD = "cold";
  private static final int OPENS = 5;

  /** A slip shows, a busy machine does not. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @Test
  void theFirstConsoleComesAtOnce(KubeCluster cluster) throws Exception {
    try (PublicDoor door = PublicDoor.of(cluster)) {
      List<Duration> used = open(cluster, door, KubeCluster.HOST);
      cluster.apply(
          KubeHosts.host(KubeCluster.CONSOLES, COLD, "cold.ingress.test", 1, cluster.simulator()));
      try {
        cluster.awaitHost(KubeCluster.CONSOLES, COLD);
        Pod pod = cluster.relays(KubeCluster.CONSOLES, COLD).getFirst();
        List<Duration> fresh = open(cluster, door, COLD);
        Instant started =
            Instant.parse(
                pod.getStatus()
                    .getContainerStatuses()
                    .getFirst()
                    .getState()
                    .getRunning()
                    .getStartedAt());
        Figures.add(
            "relay's container started until its pod is ready: %d s; link to picture there %s ms,"
                + " with a relay that was in use %s ms",
            Duration.between(started, ready(pod)).toSeconds(), millis(fresh), millis(used));
        assertThat(fresh.getFirst()).isLessThan(Patience.of(LIMIT));
      } finally {
        cluster
            .kubernetes()
            .resources(ProxmoxHost.class)
            .inNamespace(KubeCluster.CONSOLES)
            .withName(COLD)
            .delete();
      }
    }
  }

  private static Instant ready(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .map(PodCondition::getLastTransitionTime)
        .map(Instant::parse)
        .findFirst()
        .orElseThrow();
  }

  private static List<Duration> open(KubeCluster cluster, PublicDoor door, String host)
      throws Exception {
    List<SessionLink> links = new ArrayList<>();
    for (int i = 0; i < OPENS; i++) {
      String name = host + "-start-" + i;
      links.add(
          cluster.create(
              cluster.kubernetes(), KubeCluster.CONSOLES, name, Map.of("name", host), 100));
      cluster.awaitReady(KubeCluster.CONSOLES, name);
    }
    List<Duration> times = new ArrayList<>();
    for (SessionLink link : links) {
      long start = System.nanoTime();
      PlainConsole console = door.calls(link.url()).open(link).awaitPicture(LIMIT.multipliedBy(5));
      times.add(Duration.ofNanos(System.nanoTime() - start));
      cluster.delete(KubeCluster.CONSOLES, link.name());
      console.awaitClose(Duration.ofSeconds(20));
    }
    return times;
  }

  private static String millis(List<Duration> times) {
    return String.join(", ", times.stream().map(t -> String.valueOf(t.toMillis())).toList());
  }
}
