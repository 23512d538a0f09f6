// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Others come and go; the console that was there first never blinks. */
@ExtendWith(OnKubeCluster.class)
class ClusterCrowdIT {
  private static final String CROWD = "crowd";
  private static final int HOSTS = 5;
  private static final int SESSIONS = 50;
  private static final int[] GUESTS = {100, 101, 102};

  @AfterEach
  void sweep(KubeCluster cluster) {
    cluster.kubernetes().namespaces().withName(CROWD).delete();
  }

  @Test
  void fiveMoreHostsAndFiftySessionsDisturbNobody(KubeCluster cluster) {
    cluster.namespace(CROWD);
    try (ClusterConsole console = ClusterConsole.open(cluster, "first", 100)) {
      long start = System.nanoTime();
      for (int i = 1; i <= HOSTS; i++) {
        cluster.apply(
            KubeHosts.host(
                CROWD, "host-" + i, "host-" + i + ".ingress.test", 1, cluster.simulator()));
      }
      for (int i = 1; i <= HOSTS; i++) {
        cluster.awaitHost(CROWD, "host-" + i);
      }
      double hosts = Figures.secondsSince(start);
      start = System.nanoTime();
      for (int i = 0; i < SESSIONS; i++) {
        Map<String, String> host = Map.of("name", "host-" + (1 + i % HOSTS));
        cluster.create(
            cluster.kubernetes(), CROWD, "session-" + i, host, GUESTS[i % GUESTS.length]);
      }
      for (int i = 0; i < SESSIONS; i++) {
        cluster.awaitReady(CROWD, "session-" + i);
      }
      double sessions = Figures.secondsSince(start);
      start = System.nanoTime();
      cluster.kubernetes().resources(ConsoleSession.class).inNamespace(CROWD).delete();
      awaitNone(cluster);
      cluster.kubernetes().resources(ProxmoxHost.class).inNamespace(CROWD).delete();
      Awaitility.await("the relays are gone")
          .atMost(Patience.of(Duration.ofSeconds(120)))
          .until(() -> cluster.kubernetes().pods().inNamespace(CROWD).list().getItems().isEmpty());
      Figures.add(
          "%d more hosts ready after %.1f s, %d sessions ready after %.1f s, all gone after %.1f s;"
              + " the first console was away %d times",
          HOSTS, hosts, SESSIONS, sessions, Figures.secondsSince(start), console.blinks().count());
      console.neverBlinked();
      console.obeys("alone again");
    }
  }

  private static void awaitNone(KubeCluster cluster) {
    Awaitility.await("no grant is left")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .untilAsserted(
            () ->
                assertThat(
                        cluster
                            .kubernetes()
                            .resources(ConsoleGrant.class)
                            .inNamespace(CROWD)
                            .list()
                            .getItems())
                    .isEmpty());
  }
}
