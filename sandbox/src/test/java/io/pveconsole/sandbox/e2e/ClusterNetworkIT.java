// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The network between relays and Proxmox, and the walls around relays. */
@ExtendWith(OnKubeCluster.class)
class ClusterNetworkIT {
  private static final Duration CUT = Duration.ofSeconds(30);

  /** Those of the relays, hence within their walls. */
  private static final String RELAY_LABELS =
      "app.kubernetes.io/name: pveconsole, app.kubernetes.io/component: relay,"
          + " app.kubernetes.io/instance: pve";

  private static void probe(KubeCluster cluster, String name, String labels) {
    cluster.kubectl(
        "-n", KubeCluster.CONSOLES, "delete", "pod", name, "--ignore-not-found", "--wait");
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: consoles, labels: {%s}}
        spec:
          terminationGracePeriodSeconds: 0
          automountServiceAccountToken: false
          securityContext:
            runAsNonRoot: true
            runAsUser: 65532
            seccompProfile: {type: RuntimeDefault}
          containers:
          - name: probe
            image: localhost/smoke:1
            imagePullPolicy: Never
            command: [/bin/sleep, "3600"]
            securityContext:
              allowPrivilegeEscalation: false
              capabilities: {drop: [ALL]}
        """
            .formatted(name, labels));
    cluster.kubectl(
        "-n",
        KubeCluster.CONSOLES,
        "wait",
        "--for=condition=Ready",
        "pod/" + name,
        "--timeout=60s");
  }

  @AfterEach
  void open(KubeCluster cluster) {
    cluster.patchHost("{\"spec\":{\"relay\":{\"networkPolicy\":null}}}");
    cluster.kubectl(
        "-n", KubeCluster.CONSOLES, "delete", "pod", "inside", "outside", "--ignore-not-found");
  }

  @Test
  void returnsWhenProxmoxWasAwayForHalfAMinute(KubeCluster cluster) throws Exception {
    String address = cluster.simulator().pod().getStatus().getPodIP();
    try (ClusterConsole console = ClusterConsole.open(cluster, "cut", 100)) {
      long start = System.nanoTime();
      firewall("-I", address);
      try {
        Thread.sleep(CUT.toMillis()); // the length of the cut is what is tested
      } finally {
        firewall("-D", address);
      }
      long back = System.nanoTime();
      console.awaitPicture();
      Awaitility.await("the console obeys")
          .atMost(Patience.of(Duration.ofSeconds(60)))
          .ignoreExceptions()
          .untilAsserted(() -> console.obeys("back"));
      Figures.add(
          "Proxmox cut off for 30 s: console away %d times, %.1f s in sum; obeyed %.1f s after the"
              + " network was back (%.1f s in all)",
          console.blinks().count(),
          Figures.seconds(console.blinks().away()),
          Figures.secondsSince(back),
          Figures.secondsSince(start));
    }
  }

  /** On the node, whose network is a namespace of the machine's. */
  private static void firewall(String action, String address) {
    for (String direction : new String[] {"-s", "-d"}) {
      Program.run(
          "ip",
          "netns",
          "exec",
          "kube-cluster",
          "iptables",
          action,
          "FORWARD",
          direction,
          address,
          "-j",
          "DROP");
    }
  }

  @Test
  void letsRelaysReachWhatTheyNeedAndNoMore(KubeCluster cluster) {
    probe(cluster, "inside", RELAY_LABELS);
    probe(cluster, "outside", "");
    String proxmox = "pve.proxmox.svc.cluster.local";
    String elsewhere = "traefik.ingress.svc.cluster.local";
    assertThat(reaches("outside", elsewhere, 80)).as("the other pod reaches it").isTrue();
    assertThat(reaches("inside", proxmox, 8006)).as("Proxmox").isTrue();
    assertThat(reaches("inside", proxmox, 8007)).as("Proxmox, second node").isTrue();
    assertThat(reaches("inside", elsewhere, 80)).as("something else").isFalse();
  }

  @Test
  void letsInOnlyWhomTheHostSays(KubeCluster cluster) {
    probe(cluster, "outside", "");
    String relay = cluster.relays("consoles", KubeCluster.HOST).getFirst().getStatus().getPodIP();
    assertThat(reaches("outside", relay, 8080)).as("by default anybody").isTrue();
    cluster.patchHost(
        """
        {"spec":{"relay":{"networkPolicy":{"ingressFrom":[{"namespaceSelector":
          {"matchLabels":{"kubernetes.io/metadata.name":"ingress"}}}]}}}}
        """);
    Awaitility.await("the wall stands")
        .atMost(Patience.of(Duration.ofSeconds(30)))
        .until(() -> !reaches("outside", relay, 8080));
    try (ClusterConsole console = ClusterConsole.open(cluster, "walled", 100)) {
      console.obeys("through the gate");
    }
  }

  private static boolean reaches(String pod, String address, int port) {
    return Program.attempt(
                Map.of(),
                "kubectl",
                "-n",
                "consoles",
                "exec",
                pod,
                "--",
                "/bin/nc",
                "-w",
                "3",
                address,
                String.valueOf(port),
                "-e",
                "/bin/id")
            .code()
        == 0;
  }
}
