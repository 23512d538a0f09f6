// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two replicas must agree on, and what one does when the other goes. */
class TwoReplicasIT {
  private static final Duration PICTURE = Duration.ofSeconds(20);
  private static final int TAKEN_OVER = 4005;
  private static final int GUEST_BUSY = 4011;
  private static final int RELAY_RESTARTING = 4112;

  @RegisterExtension static final ClusterExtension cluster = new ClusterExtension(2);

  /** The relays past the Service, by pod name. */
  private static List<RelayCalls> relays() {
    return cluster.get().relays().stream()
        .map(relay -> new RelayCalls(cluster.http(), relay.address()))
        .toList();
  }

  @Test
  void theNewerTabTakesOverAcrossReplicas() throws Exception {
    SessionLink link = cluster.get().open("takeover", 100);
    String cookies = relays().get(0).redeem(link, RelayCalls.nonce()).cookieHeader();
    PlainConsole older = relays().get(0).open(link, cookies).awaitPicture(PICTURE);
    PlainConsole newer = relays().get(1).open(link, cookies).awaitPicture(PICTURE);
    assertThat(older.awaitClose(Duration.ofSeconds(2))).isEqualTo(TAKEN_OVER);
    assertThat(cluster.get().grant(link).getStatus().viewer().relayPod())
        .isEqualTo(cluster.get().relays().get(1).pod());
    newer.type("still here");
    Awaitility.await("the newer one is obeyed")
        .atMost(Duration.ofSeconds(5))
        .until(() -> cluster.get().guests().screen(100).contains("still here"));
    assertThat(newer.closeCode()).isZero();
    newer.abort();
  }

  @Test
  void oneOfManySessionsHasAGuestThatIsNotShared() throws Exception {
    cluster.get().patchHost("{\"spec\":{\"sessionPolicy\":{\"guestSharing\":\"Refuse\"}}}");
    try {
      List<SessionLink> links = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        links.add(cluster.get().open("alone-" + i, 102));
      }
      List<PlainConsole> consoles = new ArrayList<>();
      List<String> cookies = new ArrayList<>();
      for (int i = 0; i < links.size(); i++) {
        cookies.add(relays().get(i % 2).redeem(links.get(i), RelayCalls.nonce()).cookieHeader());
      }
      for (int i = 0; i < links.size(); i++) {
        consoles.add(relays().get(i % 2).open(links.get(i), cookies.get(i)));
      }
      Awaitility.await("all but one are refused")
          .atMost(Patience.of(PICTURE))
          .until(() -> consoles.stream().filter(c -> c.closeCode() == 0).count() == 1);
      PlainConsole first =
          consoles.stream().filter(c -> c.closeCode() == 0).findFirst().orElseThrow();
      first.awaitPicture(PICTURE);
      assertThat(consoles)
          .filteredOn(console -> console != first)
          .allMatch(console -> console.closeCode() == GUEST_BUSY)
          .noneMatch(PlainConsole::hasPicture);
      first.abort();
      int other = consoles.indexOf(first) == 0 ? 1 : 0;
      Awaitility.await("the guest is free for another")
          .atMost(Patience.of(PICTURE))
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  relays()
                      .get(1 - other % 2)
                      .open(links.get(other), cookies.get(other))
                      .awaitPicture(Duration.ofSeconds(5))
                      .abort());
    } finally {
      cluster.get().patchHost("{\"spec\":{\"sessionPolicy\":{\"guestSharing\":\"Shared\"}}}");
    }
  }

  @Test
  void theOtherReplicaTakesThePageWhenOneIsKilled() throws Exception {
    Needs.browser();
    SessionLink link = cluster.get().open("killed", 100);
    try (Browser browser = new Browser("en-US")) {
      browser.open(link.text());
      FrontDoorIT.showsThePicture(browser);
      RelayProcess killed = viewing(link);
      long start = System.nanoTime();
      killed.kill();
      awaitAway(browser, "connected");
      FrontDoorIT.showsThePicture(browser);
      Healed.after("relay killed", start, Duration.ofSeconds(20));
    }
    cluster.get().awaitRelays(2);
  }

  @Test
  void theReportOfAPodThatIsGoneIsRemoved() throws Exception {
    RelayProcess relay = cluster.get().relays().get(0);
    vanish(relay);
    Awaitility.await("the host's status without the pod")
        .atMost(Patience.of(Duration.ofSeconds(10)))
        .until(
            () ->
                cluster.get().host().getStatus().relays().stream()
                    .noneMatch(entry -> entry.podName().equals(relay.pod())));
    cluster.get().awaitRelays(2);
  }

  /** As a pod goes with its node: without a word. */
  private static void vanish(RelayProcess relay) throws Exception {
    relay.kill();
    cluster.get().kubectl().run("delete", "pod", relay.pod(), "--force", "--grace-period=0");
  }

  @Test
  void aRolloutSendsThePageToAnotherReplica() throws Exception {
    Needs.browser();
    List<String> before = cluster.get().readyPods();
    SessionLink watched = cluster.get().open("rollout-page", 100);
    SessionLink plain = cluster.get().open("rollout-socket", 101);
    cluster.get().patchHost("{\"spec\":{\"relay\":{\"drainSeconds\":5}}}");
    cluster.get().kubectl().run("rollout", "status", "deployment/demo-relay", "--timeout=120s");
    cluster.get().awaitRelays(2);
    try (Browser browser = new Browser("en-US")) {
      browser.open(watched.text());
      FrontDoorIT.showsThePicture(browser);
      browser.recordStates();
      PlainConsole socket =
          new RelayCalls(cluster.http(), plain.url()).open(plain).awaitPicture(PICTURE);
      long start = System.nanoTime();
      cluster.get().kubectl().run("rollout", "restart", "deployment/demo-relay");
      Awaitility.await("the page notices")
          .atMost(Patience.of(Duration.ofSeconds(60)))
          .until(() -> !browser.states().isEmpty());
      assertThat(browser.states().getFirst()).isEqualTo("reconnecting RelayRestarting");
      FrontDoorIT.showsThePicture(browser);
      Healed.after("rollout restart", start, Duration.ofSeconds(90));
      assertThat(socket.awaitClose(Duration.ofSeconds(90))).isEqualTo(RELAY_RESTARTING);
      cluster.get().kubectl().run("rollout", "status", "deployment/demo-relay", "--timeout=120s");
      FrontDoorIT.showsThePicture(browser);
    }
    cluster.get().awaitRelays(2);
    assertThat(cluster.get().readyPods()).doesNotContainAnyElementsOf(before);
  }

  @Test
  void scalesDownAndUpUnderAnOpenPage() throws Exception {
    SessionLink link = cluster.get().open("scaled", 101);
    RelayCalls door = new RelayCalls(cluster.http(), link.url());
    String cookies = door.redeem(link, RelayCalls.nonce()).cookieHeader();
    PlainConsole console = door.open(link, cookies).awaitPicture(PICTURE);
    try {
      cluster.get().scale(1);
      assertThat(cluster.get().relays()).hasSize(1);
      if (console.closeCode() != 0) {
        assertThat(console.closeCode()).isEqualTo(RELAY_RESTARTING);
      }
      door.open(link, cookies).awaitPicture(PICTURE).abort();
    } finally {
      cluster.get().scale(2);
    }
    door.open(link, cookies).awaitPicture(PICTURE).abort();
  }

  @Test
  void manyOpenOneGuestAtOnceWhileAStrangerDisturbs() throws Exception {
    int count = 200;
    List<SessionLink> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      links.add(cluster.get().create("crowd-" + i, 101, Map.of()));
    }
    cluster.get().awaitReady("crowd-" + (count - 1));
    try (Disturber stranger = Disturber.of(cluster.get().guests().facts(), "pve2", 101)) {
      Crowd crowd = Crowd.open(relays(), links);
      stranger.awaitCalls(20);
      System.out.println(crowd.figures() + ", disturbed " + stranger.calls() + " times");
      assertThat(crowd.failures()).isEmpty();
    }
  }

  private static RelayProcess viewing(SessionLink link) {
    String pod = cluster.get().grant(link).getStatus().viewer().relayPod();
    return cluster.get().relays().stream()
        .filter(relay -> relay.pod().equals(pod))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitAway(Browser browser, String state) {
    Awaitility.await("the page notices")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !browser.state().equals(state));
  }
}
