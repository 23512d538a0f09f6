// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** New credentials and a new certificate, under an open console. */
@ExtendWith(OnKubeCluster.class)
class ClusterRotationIT {

  @Test
  void takesNewCredentialsOfProxmox(KubeCluster cluster) {
    try (ClusterConsole console = ClusterConsole.open(cluster, "credentials", 100);
        PublicDoor door = PublicDoor.of(cluster)) {
      rotate(cluster, UUID.randomUUID().toString());
      try {
        long start = System.nanoTime();
        SessionLink link = cluster.open("new-credentials", 101);
        RelayCalls calls = door.calls(link.url());
        var cookies = redeemed(calls, link);
        // The kubelet brings the new Secret to the pod within about a minute.
        Awaitility.await("a console with the new credentials")
            .atMost(Patience.of(Duration.ofSeconds(150)))
            .pollInterval(Duration.ofSeconds(1))
            .ignoreExceptions()
            .until(
                () -> {
                  PlainConsole plain = calls.open(link, cookies);
                  boolean picture = plain.pictureOrClose(Duration.ofSeconds(20));
                  plain.abort();
                  return picture;
                });
        Figures.add(
            "token of Proxmox replaced: a new console opened after %.1f s",
            Figures.secondsSince(start));
        console.neverBlinked();
      } finally {
        rotate(cluster, PodSimulator.TOKEN_SECRET);
        cluster.delete(KubeCluster.CONSOLES, "new-credentials");
      }
    }
  }

  private static String redeemed(RelayCalls calls, SessionLink link) {
    try {
      return calls.redeem(link, RelayCalls.nonce()).cookieHeader();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** First where it is asked for, so that the old one is of no use at once. */
  private static void rotate(KubeCluster cluster, String secret) {
    cluster.simulator().changeToken(secret);
    cluster.kubectl(
        "-n",
        KubeCluster.CONSOLES,
        "patch",
        "secret",
        KubeCluster.HOST + "-token",
        "--type=merge",
        "-p",
        "{\"stringData\":{\"tokenSecret\":\"" + secret + "\"}}");
  }

  @Test
  void servesANewCertificate(KubeCluster cluster) {
    try (ClusterConsole console = ClusterConsole.open(cluster, "certificate", 100);
        PublicDoor door = PublicDoor.of(cluster)) {
      BigInteger before = door.serial(KubeCluster.PUBLIC_NAME);
      long start = System.nanoTime();
      cluster.kubernetes().resource(PublicDoor.certificate(cluster)).delete();
      Awaitility.await("another certificate")
          .atMost(Patience.of(Duration.ofSeconds(60)))
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions() // until it is there, the controller serves its own
          .untilAsserted(
              () -> assertThat(door.serial(KubeCluster.PUBLIC_NAME)).isNotEqualTo(before));
      Figures.add("certificate replaced: served after %.1f s", Figures.secondsSince(start));
      console.neverBlinked();
      console.obeys("same console");
    }
  }
}
