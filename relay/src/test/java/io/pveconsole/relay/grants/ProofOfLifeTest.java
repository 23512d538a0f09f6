// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.Hosts;
import io.pveconsole.relay.host.MemoryHostStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the relay still hears the truth. */
class ProofOfLifeTest {

  private final Vertx vertx = Vertx.vertx();
  private final MemoryGrantStore grants = new MemoryGrantStore(vertx);
  private final GrantRegistry registry = new GrantRegistry();
  private final HostView view = new HostView();
  private final MemoryHostStore hosts =
      new MemoryHostStore(
          Hosts.of(
              "https://console.example.com",
              List.of(new HostEndpoint("https://a.example.com:8006", null, null)),
              null));
  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger lost = new AtomicInteger();
  private final ProofOfLife proof =
      new ProofOfLife(
          vertx,
          hosts,
          view,
          grants,
          registry,
          time::get,
          new ProofOfLife.Events() {
            @Override
            public void lost() {
              lost.incrementAndGet();
            }

            @Override
            public void watchSilent() {
              throw new AssertionError("the list brought no news twice");
            }
          });

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  @Test
  void readsHostAndGrantsItself() {
    grants.put(Grants.fresh("s", Instant.now()));
    assertThat(proof.isSynced()).isFalse();

    vertx.runOnContext(v -> proof.start());

    Awaitility.await("the first reads").until(proof::isSynced);
    assertThat(registry.find("s")).isPresent();
    assertThat(view.get()).isPresent();
  }

  @Test
  void failsClosedOnceAfterTheGrace() {
    vertx.runOnContext(v -> proof.start());
    Awaitility.await("the first reads").until(proof::isSynced);
    hosts.away(true);

    time.addAndGet(Duration.ofSeconds(299).toNanos());
    assertThat(proof.isYoungerThan(Duration.ofSeconds(30))).isFalse();
    Awaitility.await("a check of the grace")
        .during(Duration.ofMillis(1500))
        .until(() -> lost.get() == 0);
    time.addAndGet(Duration.ofSeconds(2).toNanos());

    Awaitility.await("the end of the grace").until(() -> lost.get() == 1);
    Awaitility.await("once only").during(Duration.ofMillis(1500)).until(() -> lost.get() == 1);
  }

  @Test
  void keepsTryingUntilTheApiServerAnswers() {
    hosts.away(true);
    grants.away(true);
    vertx.runOnContext(v -> proof.start());
    hosts.away(false);
    grants.away(false);

    Awaitility.await("the first reads").until(proof::isSynced);
  }
}
