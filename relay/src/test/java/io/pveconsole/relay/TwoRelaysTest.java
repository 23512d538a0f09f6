// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.proxmox.Credentials;
import io.pveconsole.relay.proxmox.ProxmoxClient;
import io.pveconsole.relay.proxmox.ProxmoxEndpoint;
import io.pveconsole.relay.proxmox.ProxmoxSettings;
import io.pveconsole.relay.proxmox.Secret;
import io.pveconsole.relay.proxmox.StepListener;
import io.pveconsole.relay.proxmox.TimeLimits;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.proxmox.Trust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas with one Proxmox and one set of grants; the clock of the second is 50 s behind. */
class TwoRelaysTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int OPENS = 200;
  private static final int PORTS_PER_RELAY = 8;

  @TempDir Path one;
  @TempDir Path two;
  private RunningRelay first;
  private RunningRelay second;

  @BeforeEach
  void start() {
    first = new RunningRelay(one, true);
    second =
        RunningRelay.beside(first, two, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-50)));
  }

  @AfterEach
  void stop() {
    first.close();
  }

  private static Browser signedIn(RunningRelay relay, boolean shared) {
    String session = UUID.randomUUID().toString();
    Grant grant = Grants.fresh(session, Instant.now());
    relay.grants.put(shared ? grant : Grants.unshared(grant));
    Browser browser = relay.browser(session);
    assertThat(browser.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    return browser;
  }

  private static boolean has(ConsoleSocket socket, String type) {
    return socket.controls().stream().anyMatch(m -> type.equals(m.getString("t")));
  }

  private static List<Integer> positions(ConsoleSocket socket) {
    return socket.controls().stream()
        .filter(m -> "queue".equals(m.getString("t")))
        .map((JsonObject m) -> m.getInteger("position"))
        .toList();
  }

  private static List<ConsoleSocket> open(List<Browser> browsers) {
    List<Future<ConsoleSocket>> opening =
        browsers.stream()
            .map(browser -> browser.connect(browser.origin(), List.of("pveconsole.v1")))
            .toList();
    return opening.stream().map(Futures::value).toList();
  }

  private static void awaitAnswers(List<ConsoleSocket> sockets) {
    Awaitility.await("all answers")
        .atMost(LIMIT)
        .until(() -> sockets.stream().allMatch(s -> s.isClosed() || has(s, "ready")));
  }

  @Test
  void aLinkThatTheOtherRelayRedeemedAMomentAgoOpensHere() {
    String session = UUID.randomUUID().toString();
    first.grants.put(Grants.fresh(session, Instant.now()));
    first.grants.silent(true);
    Browser there = first.browser(session);
    assertThat(there.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    Browser here = second.browser(session);
    here.cookies().putAll(there.cookies());

    assertThat(here.post("state", new JsonObject()).status()).isEqualTo(200);
    here.open().handshake();
  }

  @Test
  void aCookieOfAnOlderRedemptionOpensNothingAnywhere() {
    String session = UUID.randomUUID().toString();
    Grant grant = Grants.fresh(session, Instant.now());
    first.grants.put(grant);
    Browser old = first.browser(session);
    assertThat(old.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    first.grants.replace(grant);
    first.grants.put(grant);
    assertThat(first.browser(session).redeem(Grants.SECRET, Grants.OTHER_NONCE).status())
        .isEqualTo(204);

    assertThat(old.post("state", new JsonObject()).code()).isEqualTo("NotSignedIn");
    assertThat(old.connect(old.origin(), List.of("pveconsole.v1")))
        .satisfies(refused -> Futures.failure(refused));
  }

  @Test
  void twoHundredOpensOfOneGuestAllSucceedWhileAThirdDisturbs() {
    List<Browser> browsers = new ArrayList<>();
    for (int i = 0; i < OPENS; i++) {
      browsers.add(signedIn(i % 2 == 0 ? first : second, true));
    }
    Disturber disturber = new Disturber();
    long began = System.nanoTime();

    List<Browser> left = browsers;
    List<ConsoleSocket> open = new ArrayList<>();
    List<String> again = new ArrayList<>();
    int waited = 0;
    while (!left.isEmpty() && System.nanoTime() - began < LIMIT.toNanos()) {
      List<ConsoleSocket> sockets = open(left);
      awaitAnswers(sockets);
      List<Browser> next = new ArrayList<>();
      for (int i = 0; i < sockets.size(); i++) {
        ConsoleSocket socket = sockets.get(i);
        waited += positions(socket).isEmpty() ? 0 : 1;
        if (has(socket, "ready")) {
          open.add(socket);
        } else {
          again.add(socket.closeCode() + " " + socket.closeReason());
          next.add(left.get(i));
        }
      }
      left = next;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    int disturbed = disturber.stop();

    System.out.printf(
        "%d opens of one guest through two relays, %d by a third client: %.1f s, %d told to wait,"
            + " %d tried again %s%n",
        OPENS, disturbed, took.toMillis() / 1000.0, waited, again.size(), again);
    assertThat(open).hasSize(OPENS).noneMatch(ConsoleSocket::isClosed);
    assertThat(disturbed).isPositive();
    assertThat(again)
        .filteredOn(end -> end.equals("4101 Busy"))
        .as("the page's own tries, for others were faster four times")
        .hasSizeLessThanOrEqualTo(OPENS / 20);
    assertThat(again).as("on a busy machine").hasSizeLessThanOrEqualTo(OPENS / 4);
    assertThat(again).allMatch(end -> end.startsWith("4101 "));
    assertThat(waited).isGreaterThan(OPENS / 2);
    assertThat(open)
        .filteredOn(socket -> !positions(socket).isEmpty())
        .allSatisfy(socket -> assertThat(positions(socket)).last().isEqualTo(0));
    for (String node : List.of("pve1", "pve2")) {
      assertThat(first.simulator.mostWaitingConsoles(node))
          .as("waiting consoles on " + node)
          .isLessThanOrEqualTo(2 * PORTS_PER_RELAY + 1);
    }
  }

  /**
   * Opens consoles of the same guest by itself, so that its password is never safe; with pauses
   * after the machine's own pace, so that a slow one is not disturbed more often.
   */
  private final class Disturber {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger opened = new AtomicInteger();
    private final ProxmoxClient client =
        ProxmoxClient.create(
            vertx,
            new ProxmoxSettings(
                first.simulator.endpoints().stream()
                    .map(endpoint -> ProxmoxEndpoint.of(endpoint.url()))
                    .toList(),
                new Trust.CaBundle(first.simulator.caPem()),
                null,
                new Credentials.ApiToken(
                    first.simulator.tokenId(), Secret.of(first.simulator.tokenSecret())),
                TimeLimits.DEFAULT),
            Clock.systemUTC(),
            TlsEngine.best());
    private volatile boolean stopped;

    Disturber() {
      vertx.runOnContext(v -> next());
    }

    private void next() {
      if (!stopped) {
        long began = System.nanoTime();
        client
            .openVnc(100, null, StepListener.NONE)
            .compose(
                tunnel -> {
                  opened.incrementAndGet();
                  return tunnel.close();
                })
            .onComplete((done, failure) -> vertx.setTimer(pauseAfter(began), id -> next()));
      }
    }

    private long pauseAfter(long began) {
      long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
      return Math.clamp(2 * took, 50, 2000);
    }

    int stop() {
      stopped = true;
      Futures.value(vertx.close());
      return opened.get();
    }
  }

  @Test
  void aViewerThatLeavesTheQueueFreesItsPlaceAndAsksForNothing() {
    List<Browser> browsers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      browsers.add(signedIn(first, true));
    }
    first.simulator.faults().on(io.pveconsole.simulator.fault.Fault.SLOW_VNCPROXY, "3000");
    List<ConsoleSocket> sockets = open(browsers);
    Awaitility.await("all but one wait")
        .until(() -> sockets.stream().filter(s -> !positions(s).isEmpty()).count() == 5);
    List<ConsoleSocket> waiting = sockets.stream().filter(s -> !positions(s).isEmpty()).toList();

    waiting.forEach(ConsoleSocket::close);
    ConsoleSocket last = signedIn(first, true).open();
    Awaitility.await("the last one is next").until(() -> positions(last).contains(1));
    first.simulator.faults().clear();

    last.handshake();
    assertThat(first.simulator.tasks()).hasSize(2);
    assertThat(positions(last)).doesNotContain(2, 3, 4, 5).last().isEqualTo(0);
  }

  @Test
  void ofManyOnAnUnsharedGuestExactlyOneStays() {
    Browser early = signedIn(first, false);
    ConsoleSocket holder = early.open();
    holder.handshake();
    ConsoleSocket behind = signedIn(second, false).open();
    assertThat(behind.closeCode()).as("though its clock says that it was first").isEqualTo(4011);
    assertThat(holder.isClosed()).isFalse();
    holder.close();
    Awaitility.await("it has left").until(this::nobodyLooks);

    List<Browser> browsers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      browsers.add(signedIn(i % 2 == 0 ? first : second, false));
    }
    for (int round = 0; round < 3; round++) {
      List<ConsoleSocket> sockets = open(browsers);
      awaitAnswers(sockets);
      Awaitility.await("all others are gone")
          .until(() -> sockets.stream().filter(s -> !s.isClosed()).count() <= 1);
      List<ConsoleSocket> stayed = sockets.stream().filter(s -> !s.isClosed()).toList();
      assertThat(stayed).hasSize(1);
      assertThat(sockets)
          .filteredOn(ConsoleSocket::isClosed)
          .allMatch(s -> s.closeCode() == 4011 && !has(s, "ready"));
      stayed.getFirst().close();
      Awaitility.await("nobody looks").until(this::nobodyLooks);
    }
  }

  private boolean nobodyLooks() {
    return Futures.value(first.grants.list()).stream().allMatch(g -> g.viewer().isEmpty());
  }

  @Test
  void theNewestTabTakesOverWhereverItIs() {
    Browser here = signedIn(first, true);
    String session = Futures.value(first.grants.list()).getFirst().name();
    Browser there = second.browser(session);
    there.cookies().putAll(here.cookies());
    ConsoleSocket old = here.open();
    old.handshake();

    ConsoleSocket young = there.open();

    assertThat(old.closeCode()).isEqualTo(4005);
    young.handshake();
    ConsoleSocket back = here.open();
    assertThat(young.closeCode()).isEqualTo(4005);
    back.handshake();

    for (int round = 0; round < 3; round++) {
      List<ConsoleSocket> tabs = open(List.of(here, there, here, there, here, there));
      Awaitility.await("one is left")
          .until(() -> tabs.stream().filter(tab -> !tab.isClosed()).count() <= 1);
      List<ConsoleSocket> left = tabs.stream().filter(tab -> !tab.isClosed()).toList();
      assertThat(left).hasSize(1);
      assertThat(tabs).filteredOn(ConsoleSocket::isClosed).allMatch(t -> t.closeCode() == 4005);
      left.getFirst().handshake();
      GrantViewer viewer = first.grants.get(session).orElseThrow().status().viewer();
      assertThat(viewer.id()).isEqualTo(left.getFirst().control("hello").getString("viewer"));
    }
  }
}
