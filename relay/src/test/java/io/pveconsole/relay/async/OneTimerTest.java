// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneTimerTest {
  private final Vertx vertx = Vertx.vertx();
  private final OneTimer timer = new OneTimer(vertx);
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void callingOffNothingStopsNobodyElsesTimer() {
    CountDownLatch fired = new CountDownLatch(1);
    assertThat(vertx.setTimer(20, id -> fired.countDown())).as("the first number").isZero();

    timer.cancel();

    Awaitility.await().until(() -> fired.getCount() == 0);
  }

  @Test
  void onlyTheLastThatWasSetRuns() {
    vertx.runOnContext(
        v -> {
          timer.set(Duration.ofMillis(10), () -> ran.add("first"));
          timer.set(Duration.ofMillis(20), () -> ran.add("second"));
          timer.set(Duration.ZERO, () -> ran.add("third"));
        });
    Awaitility.await()
        .during(Duration.ofMillis(200))
        .until(() -> ran.equals(List.of("third")) || ran.isEmpty());
    assertThat(ran).containsExactly("third");
  }

  @Test
  void whatWasCalledOffDoesNotRun() {
    vertx.runOnContext(
        v -> {
          timer.set(Duration.ofMillis(10), () -> ran.add("never"));
          timer.cancel();
        });
    Awaitility.await().during(Duration.ofMillis(100)).until(ran::isEmpty);
  }
}
