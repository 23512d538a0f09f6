// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A relay with production's times and a real API server, between which the network loses packets.
 */
class ApiServerLostIT {
  private static final Duration PICTURE = Duration.ofSeconds(20);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LIST_AND_READ = Duration.ofSeconds(35);
  private static final int GRACE_SECONDS = 30;
  private static final int VMID = 100;

  @TempDir static Path directory;

  private static Cluster cluster;
  private static HttpClient http;
  private static OwnRelay relay;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory, 1);
    cluster.patchHost(
        "{\"spec\":{\"sessionPolicy\":{\"controlPlaneGraceSeconds\":%d}}}"
            .formatted(GRACE_SECONDS));
    http = RelayCalls.client();
    relay = OwnRelay.start(directory, cluster.relays().getFirst());
  }

  @AfterEach
  void heal() {
    relay.network().heal();
  }

  @AfterAll
  static void stop() throws Exception {
    if (relay != null) {
      relay.close();
    }
    if (cluster != null) {
      http.shutdownNow();
      cluster.close();
    }
  }

  private PlainConsole open(String name) throws Exception {
    SessionLink link = cluster.open(name, VMID);
    return new RelayCalls(http, relay.address()).open(link).awaitPicture(PICTURE);
  }

  private static Duration revoke(String name, PlainConsole console, Duration limit)
      throws Exception {
    long start = System.nanoTime();
    cluster.patchSession(name, "{\"spec\":{\"revoked\":true}}");
    assertThat(console.awaitClose(Patience.of(limit))).isEqualTo(4001);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf("revoke of %s reached the socket after %d ms%n", name, took.toMillis());
    return took;
  }

  @Test
  void aRevokeComesThroughAWatchThatDied() throws Exception {
    revoke("live-watch", open("live-watch"), SECOND.multipliedBy(2));

    PlainConsole console = open("stalled-watch");
    relay.network().stallOpenConnections();
    Duration took = revoke("stalled-watch", console, LIST_AND_READ);
    assertThat(took).isLessThan(Patience.of(LIST_AND_READ));

    relay.awaitLog("it begins anew", Duration.ofSeconds(15));
    revoke("new-watch", open("new-watch"), SECOND.multipliedBy(3));
  }

  @Test
  void consolesGoOnThenCloseAndTheRelayHeals() throws Exception {
    RelayCalls calls = new RelayCalls(http, relay.address());
    PlainConsole console = open("goes-on");
    SessionLink unused = cluster.open("unused", VMID);
    String nonce = RelayCalls.nonce();

    relay.network().lose();
    long lost = System.nanoTime();
    assertThat(calls.redeem(unused, nonce).status()).isEqualTo(503);
    assertThat(console.closeCode()).as("goes on").isLessThanOrEqualTo(0);
    console.type("still here");
    Awaitility.await("typing arrives")
        .atMost(Patience.of(Duration.ofSeconds(5)))
        .until(() -> cluster.guests().screen(VMID).contains("still here"));

    assertThat(console.awaitClose(Patience.of(Duration.ofSeconds(GRACE_SECONDS + 15))))
        .isEqualTo(4104);
    Duration until = Duration.ofNanos(System.nanoTime() - lost);
    System.out.printf("lost API server: console closed after %d ms%n", until.toMillis());
    assertThat(until).isGreaterThan(Duration.ofSeconds(GRACE_SECONDS - 11));

    relay.network().heal();
    long healed = System.nanoTime();
    Awaitility.await("links work again")
        .atMost(Patience.of(Duration.ofSeconds(30)))
        .until(() -> calls.redeem(unused, nonce).status() == 204);
    System.out.printf(
        "API server back: a link works after %d ms%n",
        Duration.ofNanos(System.nanoTime() - healed).toMillis());
  }
}
