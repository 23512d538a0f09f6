// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.Futures;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Idleness: warned of, taken back, ended. */
class IdleClockTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private IdleClock clock(Duration limit) {
    return new IdleClock(
        vertx,
        limit,
        new IdleClock.Events() {
          @Override
          public void warn(Duration left) {
            heard.add("warn");
          }

          @Override
          public void active() {
            heard.add("active");
          }

          @Override
          public void timeout() {
            heard.add("timeout");
          }
        });
  }

  @Test
  void warnsBeforeItEnds() {
    clock(Duration.ofMillis(300)).start();

    Awaitility.await("the end").until(() -> heard.contains("timeout"));
    assertThat(heard).containsExactly("warn", "timeout");
  }

  @Test
  void inputTakesTheWarningBack() {
    IdleClock clock = clock(Duration.ofSeconds(2));
    vertx.runOnContext(v -> clock.start());
    Awaitility.await("the warning").until(() -> heard.contains("warn"));
    vertx.runOnContext(v -> clock.touch());
    Awaitility.await("life").until(() -> heard.contains("active"));

    assertThat(heard).containsExactly("warn", "active");
    clock.stop();
  }

  @Test
  void aLongerLimitTakesTheWarningBack() {
    IdleClock clock = clock(Duration.ofSeconds(2));
    vertx.runOnContext(v -> clock.start());
    Awaitility.await("the warning").until(() -> heard.contains("warn"));
    vertx.runOnContext(v -> clock.limit(Duration.ofHours(1)));
    Awaitility.await("life").until(() -> heard.contains("active"));

    assertThat(heard).containsExactly("warn", "active");
  }
}
