// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.grants.Grants;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches that begin anew leave nothing behind. */
class WatchesTest {

  private static final int RESTARTS = 100;

  @TempDir Path directory;
  private ApiRelay world;

  @BeforeEach
  void start() throws Exception {
    world = new ApiRelay(directory, 0, 300);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static long platformThreads() {
    return Thread.getAllStackTraces().keySet().stream().filter(t -> !t.isVirtual()).count();
  }

  private void restart() {
    for (int i = 0; i < RESTARTS; i++) {
      world.watches().restart();
    }
    Awaitility.await("two watches and no more")
        .during(Duration.ofMillis(500))
        .until(() -> world.api.openWatches() == 2);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "kim")
  void aHundredRestartsLeaveNoThreadNoConnectionAndNoSecondWatch(String user) throws Exception {
    world.user = user;
    world.start(Clock.systemUTC());
    restart();
    long threads = platformThreads();

    restart();

    assertThat(platformThreads())
        .as("pools grow once, not with each restart")
        .isLessThan(threads + RESTARTS / 2);

    AtomicInteger policies = new AtomicInteger();
    ConsoleSocket socket = world.signedIn(ApiRelay.SESSION).open();
    socket.handshake();
    world.api.put(Grants.viewOnly(Grants.fresh(ApiRelay.SESSION, Instant.now()), true));
    Awaitility.await("the live watch")
        .until(
            () -> {
              policies.set(
                  (int)
                      socket.controls().stream()
                          .filter(m -> "policy".equals(m.getString("t")))
                          .count());
              return policies.get() > 0;
            });
    assertThat(policies.get()).as("told once").isEqualTo(1);
  }
}
