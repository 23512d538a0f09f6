// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console costs the API server. */
class GrantCallsTest {

  /** Well within the second that the relay waits for a page to come back. */
  private static final Duration SOON = Duration.ofMillis(900);

  private static final int TRIES = 5;

  @TempDir private Path directory;
  private ApiRelay world;

  @BeforeEach
  void start() throws Exception {
    world = new ApiRelay(directory, 0, 300);
    world.start(Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private JsonObject status() {
    return world.api.get("consolegrants", ApiRelay.SESSION).getJsonObject("status");
  }

  private void openAndClose(Browser browser) {
    ConsoleSocket socket = browser.open();
    socket.handshake();
    Awaitility.await("what was found").until(() -> status().containsKey("doctor"));
    socket.close();
    Awaitility.await("nobody is left").until(() -> !status().containsKey("viewer"));
  }

  @Test
  void eachComingAndEachGoingIsOneWriteAndNoRead() throws Exception {
    Browser browser = world.signedIn(ApiRelay.SESSION);
    world.api.grantCalls().clear();

    openAndClose(browser);

    assertThat(world.api.grantCalls())
        .as("the coming, what was found, the going")
        .containsExactly("PATCH", "PATCH", "PATCH");

    world.api.grantCalls().clear();
    openAndClose(browser);

    assertThat(world.api.grantCalls())
        .as("found what it was before")
        .containsExactly("PATCH", "PATCH");
  }

  /** Opens, leaves and comes back; once more where this machine was slower than the relay waits. */
  private ConsoleSocket loadedAnew(Browser browser) {
    for (int tries = 0; tries < TRIES; tries++) {
      world.api.grantCalls().clear();
      ConsoleSocket before = browser.open();
      before.handshake();
      Instant left = Instant.now();
      before.close();
      ConsoleSocket after = browser.open();
      after.handshake();
      if (Duration.between(left, Instant.now()).compareTo(SOON) < 0) {
        return after;
      }
      after.close();
      Awaitility.await("nobody is left").until(() -> !status().containsKey("viewer"));
    }
    throw new AssertionError("no page came back within " + SOON);
  }

  @Test
  void theGoingOfAPageThatIsLoadedAnewIsNotWritten() throws Exception {
    Browser browser = world.signedIn(ApiRelay.SESSION);
    openAndClose(browser);

    ConsoleSocket after = loadedAnew(browser);

    String viewer = status().getJsonObject("viewer").getString("id");
    assertThat(viewer).isEqualTo(after.control("hello").getString("viewer"));
    assertThat(world.api.grantCalls()).as("two comings").containsExactly("PATCH", "PATCH");
    after.close();
    Awaitility.await("nobody is left").until(() -> !status().containsKey("viewer"));

    assertThat(world.api.grantCalls())
        .as("and the going of the last")
        .containsExactly("PATCH", "PATCH", "PATCH");
  }
}
