// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.grants.Grants;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay behind a network that fails, with its real client of the API server. */
class ApiServerLostTest {

  private static final int GRACE_SECONDS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final AtomicReference<Duration> wrong = new AtomicReference<>(Duration.ofMinutes(1));
  private ApiRelay world;

  private void start() throws Exception {
    world = new ApiRelay(directory, 0, GRACE_SECONDS);
    world.start(wrongClock());
  }

  /** The relay's own clock, which nobody may rely on. */
  private Clock wrongClock() {
    return new Clock() {
      @Override
      public java.time.ZoneId getZone() {
        return java.time.ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.now().plus(wrong.get());
      }
    };
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private void edit(JsonObject spec) {
    world.api.edit("consolegrants", ApiRelay.SESSION, spec);
  }

  private static JsonObject revoked() {
    return new JsonObject()
        .put("end", new JsonObject().put("reason", "Revoked").put("time", "2026-01-01T00:00:00Z"));
  }

  @Test
  void consolesGoOnThenCloseAndComeBack() throws Exception {
    start();
    Browser browser = world.signedIn(ApiRelay.SESSION);
    ConsoleSocket first = browser.open();
    first.handshake();
    String other = ApiRelay.sessions(1).getFirst();
    world.api.put(Grants.fresh(other, Instant.now()));

    world.network.swallow();
    long cut = System.nanoTime();

    assertThat(world.browser(other).redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(503);
    assertThat(first.isClosed()).as("the console goes on").isFalse();
    Awaitility.await("the end of the grace").atMost(PATIENCE).until(first::isClosed);
    assertThat(first.closeCode()).isEqualTo(4104);
    assertThat(Duration.ofNanos(System.nanoTime() - cut))
        .as("counted from the last read before the cut")
        .isGreaterThan(Duration.ofSeconds(GRACE_SECONDS / 2));
    assertThat(refusal(browser)).as("no upgrade without proof").isEqualTo(503);

    world.network.heal();
    Awaitility.await("the page comes back").atMost(PATIENCE).until(() -> refusal(browser) == 101);
  }

  @Test
  void aPageComesBackToTheRelayThatKnowsItWhileTheApiServerIsAway() throws Exception {
    world = new ApiRelay(directory, 0, 300);
    world.start(Clock.systemUTC());
    Browser browser = world.signedIn(ApiRelay.SESSION);
    ConsoleSocket before = browser.open();
    before.handshake();

    world.network.swallow();
    ConsoleSocket after = browser.open();
    after.handshake();

    assertThat(before.closeCode()).isEqualTo(4005);
    world.network.heal();
    Awaitility.await("the viewer is noted")
        .atMost(PATIENCE)
        .until(() -> viewer().equals(after.control("hello").getString("viewer")));
    assertThat(after.isClosed()).isFalse();
    after.close();
    Awaitility.await("nobody is left").atMost(PATIENCE).until(() -> viewer().isEmpty());
  }

  @Test
  void noConsoleBeginsWhileTheRelayCannotLearnOfRevokes() throws Exception {
    start();
    Browser browser = world.signedIn(ApiRelay.SESSION);
    ConsoleSocket first = browser.open();
    first.handshake();

    world.api.listing(false);

    assertThat(first.closeCode()).isEqualTo(4104);
    assertThat(refusal(browser)).as("it would never be closed").isEqualTo(503);
    world.api.listing(true);
    Awaitility.await("the page comes back").atMost(PATIENCE).until(() -> refusal(browser) == 101);
  }

  private String viewer() {
    JsonObject viewer =
        world
            .api
            .get("consolegrants", ApiRelay.SESSION)
            .getJsonObject("status")
            .getJsonObject("viewer");
    return viewer == null ? "" : viewer.getString("id");
  }

  /** 101 where the upgrade is let through. */
  private static int refusal(Browser browser) throws Exception {
    try {
      browser
          .connect(browser.origin(), List.of("pveconsole.v1"))
          .await(30, TimeUnit.SECONDS)
          .handshake();
      return 101;
    } catch (UpgradeRejectedException refused) {
      return refused.getStatus();
    }
  }

  @Test
  void endsToTheSecondByTheApiServersClockWhileItIsLost() throws Exception {
    start();
    ConsoleSocket socket = world.signedIn(ApiRelay.SESSION).open();
    socket.handshake();
    Instant end = Instant.now().plusSeconds(5);
    edit(new JsonObject().put("expirationTime", end.toString()));
    Awaitility.await("the new end").until(() -> socket.controls().toString().contains("policy"));
    world.network.swallow();
    wrong.set(Duration.ofDays(-3));

    Awaitility.await("the end").pollInterval(Duration.ofMillis(20)).until(socket::isClosed);

    Duration late = Duration.between(end, Instant.now());
    assertThat(socket.closeCode()).isEqualTo(4002);
    assertThat(late).isBetween(Duration.ofMillis(-1000), Duration.ofMillis(1500));
  }

  @Test
  void aServerClockThatIsSetIsFollowed() throws Exception {
    start();
    ConsoleSocket socket = world.signedIn(ApiRelay.SESSION).open();
    socket.handshake();
    edit(new JsonObject().put("expirationTime", Instant.now().plusSeconds(120).toString()));

    world.api.clockOffset(Duration.ofSeconds(121));

    Awaitility.await("the end by the new time").atMost(PATIENCE).until(socket::isClosed);
    assertThat(socket.closeCode()).isEqualTo(4002);
  }

  @Test
  void aRevokeComesThroughAStalledWatchAndTheWatchBeginsAnew() throws Exception {
    start();
    ConsoleSocket socket = world.signedIn(ApiRelay.SESSION).open();
    socket.handshake();
    Awaitility.await("both watches").until(() -> world.api.openWatches() == 2);

    world.network.stallOpenConnections();
    edit(revoked());

    assertThat(socket.closeCode()).as("by the list").isEqualTo(4001);

    String other = ApiRelay.sessions(1).getFirst();
    ConsoleSocket second = world.signedIn(other).open();
    second.handshake();
    Awaitility.await("new watches beside the dead ones")
        .atMost(PATIENCE)
        .until(() -> world.api.openWatches() >= 4);
    world.api.edit("consolegrants", other, revoked());
    assertThat(second.closeCode()).isEqualTo(4001);
  }
}
