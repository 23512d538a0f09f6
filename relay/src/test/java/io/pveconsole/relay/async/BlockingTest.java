// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(vertx, 2, LONG);
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void stop() {
    gate.countDown();
    blocking.close();
    vertx.close().await();
  }

  private int held() throws InterruptedException {
    gate.await();
    return 1;
  }

  @Test
  void moreThanFitAtOnceTakeTurns() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      calls.add(
          blocking.call(
              LONG,
              () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.sleep(1);
                return now.decrementAndGet();
              }));
    }
    Future.all(calls).await(60, TimeUnit.SECONDS);
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void aCallWhoseTurnDoesNotComeInTimeIsNotMade() throws Exception {
    try (Blocking impatient = new Blocking(vertx, 1, Duration.ofMillis(20))) {
      AtomicBoolean made = new AtomicBoolean();
      Future<Integer> first = impatient.call(LONG, this::held);
      Future<Boolean> late = impatient.call(LONG, () -> made.getAndSet(true));
      assertThatThrownBy(() -> late.await(60, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("no turn");
      gate.countDown();
      first.await(60, TimeUnit.SECONDS);
      assertThat(made).isFalse();
    }
  }

  @Test
  void theWaitForATurnDoesNotCountForTheLimit() throws Exception {
    Duration limit = Duration.ofSeconds(1);
    Future<Integer> one = blocking.call(LONG, this::held);
    Future<Integer> two = blocking.call(LONG, this::held);
    Future<Integer> third = blocking.call(limit, () -> 3);
    Thread.sleep(limit.plusMillis(200));
    gate.countDown();
    assertThat(third.await(60, TimeUnit.SECONDS)).isEqualTo(3);
    Future.all(one, two).await(60, TimeUnit.SECONDS);
  }

  @Test
  void aCallThatLastsLongerThanItsLimitHasFailed() {
    Future<Integer> slow = blocking.call(Duration.ofMillis(20), this::held);
    assertThatThrownBy(() -> slow.await(60, TimeUnit.SECONDS))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("no answer");
  }

  @Test
  void theQueueIsBounded() throws Exception {
    List<Future<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 34; i++) {
      calls.add(blocking.call(LONG, this::held));
    }
    assertThatThrownBy(() -> blocking.call(LONG, this::held).await(60, TimeUnit.SECONDS))
        .isInstanceOf(RejectedExecutionException.class);
    gate.countDown();
    Future.all(calls).await(60, TimeUnit.SECONDS);
    blocking.call(LONG, this::held).await(60, TimeUnit.SECONDS);
  }
}
