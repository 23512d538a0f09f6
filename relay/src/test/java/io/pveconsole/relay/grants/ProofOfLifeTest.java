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
import java.util.concurrent.atomic.AtomicBoolean;
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
  private static final ProofOfLife.Timing PACE =
      new ProofOfLife.Timing(
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMillis(5));

  private final AtomicLong time = new AtomicLong();
  private final AtomicBoolean behind = new AtomicBoolean();
  private final AtomicInteger silent = new AtomicInteger();
  private final GrantWatch watch =
      new GrantWatch() {
        @Override
        public void restart() {
          throw new AssertionError("whoever is told restarts it");
        }

        @Override
        public boolean isBehind(List<Grant> listed) {
          return behind.get();
        }
      };
  private final AtomicInteger lost = new AtomicInteger();
  private final ProofOfLife proof = proof(PACE, silent::incrementAndGet);

  private ProofOfLife proof(ProofOfLife.Timing timing, Runnable whenSilent) {
    return new ProofOfLife(
        vertx,
        new ProofOfLife.Sources(hosts, view, grants),
        registry,
        watch,
        time::get,
        timing,
        new ProofOfLife.Events() {
          @Override
          public void lost() {
            lost.incrementAndGet();
          }

          @Override
          public void watchSilent() {
            whenSilent.run();
          }
        });
  }

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
    assertThat(proof.contact()).isEqualTo(Contact.SILENT);
    Awaitility.await("a check of the grace")
        .during(Duration.ofMillis(300))
        .until(() -> lost.get() == 0);
    time.addAndGet(Duration.ofSeconds(2).toNanos());

    Awaitility.await("the end of the grace").until(() -> lost.get() == 1);
    Awaitility.await("once only").during(Duration.ofMillis(300)).until(() -> lost.get() == 1);
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

  @Test
  void aListThatFailsIsAsBadAsAHostThatCannotBeRead() {
    vertx.runOnContext(v -> proof.start());
    Awaitility.await("the first reads").until(proof::isSynced);
    grants.away(true);

    time.addAndGet(Duration.ofSeconds(302).toNanos());

    Awaitility.await("the end of the grace").until(() -> lost.get() == 1);
    assertThat(proof.contact()).isEqualTo(Contact.LOST);
  }

  @Test
  void losesTheApiServerAgainAfterItWasBack() {
    vertx.runOnContext(v -> proof.start());
    Awaitility.await("the first reads").until(proof::isSynced);
    for (int times = 1; times <= 2; times++) {
      int expected = times;
      hosts.away(true);
      time.addAndGet(Duration.ofSeconds(301).toNanos());
      Awaitility.await("the end of the grace").until(() -> lost.get() == expected);
      hosts.away(false);
      Awaitility.await("proof").until(() -> proof.contact() == Contact.PROVEN);
      Awaitility.await("a check of the grace")
          .during(Duration.ofMillis(200))
          .until(() -> lost.get() == expected);
    }
  }

  @Test
  void tellsOfAWatchThatDoesNotBringWhatListsShow() {
    vertx.runOnContext(v -> proof.start());
    Awaitility.await("the first reads").until(proof::isSynced);
    Awaitility.await("some lists").during(Duration.ofMillis(500)).until(() -> silent.get() == 0);

    behind.set(true);

    Awaitility.await("the news").until(() -> silent.get() > 0);
  }

  /** A watch that begins anew does not tell what went meanwhile; the next list is far away. */
  @Test
  void listsOnceMoreAfterTheWatchBeganAnew() {
    ProofOfLife.Timing slow =
        new ProofOfLife.Timing(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(20),
            Duration.ofMillis(300));
    grants.put(Grants.fresh("s", Instant.now()));
    behind.set(true);
    ProofOfLife patient = proof(slow, () -> grants.delete("s"));
    vertx.runOnContext(v -> patient.start());
    Awaitility.await("the first list").until(() -> registry.find("s").isPresent());

    Awaitility.await("the grant is known to be gone").until(() -> registry.find("s").isEmpty());
  }

  /** Several kept connections may be dead: each costs one read, none may cost a whole period. */
  @Test
  void readsAgainSoonAfterAFailureAlsoWhenItSucceededBefore() {
    Duration period = Duration.ofSeconds(1);
    ProofOfLife rare =
        proof(new ProofOfLife.Timing(period, period, PACE.retry(), PACE.catchUp()), () -> {});
    vertx.runOnContext(v -> rare.start());
    Awaitility.await("the first reads").until(rare::isSynced);
    hosts.away(true);
    int reads = hosts.reads();

    Awaitility.await("more reads than periods")
        .atMost(period.multipliedBy(5))
        .until(() -> hosts.reads() > reads + 10);
  }

  @Test
  void aReadProvesNothingLaterThanItsBeginning() {
    vertx.runOnContext(v -> proof.start());
    Awaitility.await("the first reads").until(proof::isSynced);

    assertThat(proof.age()).isZero();
    hosts.away(true);
    time.addAndGet(Duration.ofSeconds(12).toNanos());
    assertThat(proof.age()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void paceOfProduction() {
    assertThat(ProofOfLife.Timing.PRODUCTION)
        .isEqualTo(
            new ProofOfLife.Timing(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5)));
  }
}
