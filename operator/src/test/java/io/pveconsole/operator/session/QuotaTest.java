// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static io.pveconsole.operator.testing.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionSpec;
import io.pveconsole.operator.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTest {

  private final List<ConsoleSession> cache = new CopyOnWriteArrayList<>();
  private final AtomicInteger counts = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final Quota quota =
      new Quota(
          host -> {
            counts.incrementAndGet();
            return cache;
          },
          nanos::get);

  private static SessionPolicy limits(int all, int perUser) {
    return Samples.host(
            "pve", "sessionPolicy: {maxSessions: " + all + ", maxSessionsPerUser: " + perUser + "}")
        .getSpec()
        .sessionPolicy();
  }

  private static ConsoleSession asked(String name) {
    return session(name);
  }

  private static ConsoleSession opened(String name) {
    ConsoleSession session = session(name);
    session.setStatus(
        new StatusDraft(session).times("t", "t", "t", "t").build(List.of(), Samples.NOW));
    return session;
  }

  @Test
  void aHundredAtOnceAgainstTenAreExactlyTen() throws Exception {
    List<ConsoleSession> sessions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sessions.add(asked("s" + i));
    }
    cache.addAll(sessions);
    SessionPolicy policy = limits(10, 1000);
    List<Future<Optional<SessionReason>>> answers;
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      answers =
          pool.invokeAll(
              sessions.stream()
                  .map(s -> (Callable<Optional<SessionReason>>) () -> quota.reserve(s, policy))
                  .toList());
    }
    long accepted = 0;
    for (Future<Optional<SessionReason>> answer : answers) {
      accepted += answer.get().isEmpty() ? 1 : 0;
    }
    assertThat(accepted).isEqualTo(10);
  }

  @Test
  void manyCostOneCountASecond() {
    for (int i = 0; i < 1000; i++) {
      cache.add(asked("s" + i));
      assertThat(quota.reserve(asked("s" + i), limits(1000, 1000))).isEmpty();
    }
    assertThat(counts).hasValue(1);
    assertThat(quota.reserve(asked("more"), limits(1000, 1000))).isPresent();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    cache.clear();
    assertThat(quota.reserve(asked("more"), limits(1000, 1000))).isEmpty();
    assertThat(counts).hasValue(3);
  }

  @Test
  void nobodyIsRefusedOnAnOldCount() {
    cache.add(opened("one"));
    cache.add(asked("two"));
    assertThat(quota.reserve(asked("two"), limits(2, 9))).isEmpty();
    assertThat(quota.reserve(asked("three"), limits(2, 9))).contains(SessionReason.QuotaExceeded);
    cache.remove(0);
    assertThat(quota.reserve(asked("three"), limits(2, 9))).isEmpty();
  }

  @Test
  void askingTwiceTakesOnePlace() {
    cache.add(asked("one"));
    assertThat(quota.reserve(asked("one"), limits(1, 1))).isEmpty();
    assertThat(quota.reserve(asked("one"), limits(1, 1))).isEmpty();
  }

  @Test
  void aPlaceIsCountedOnceWhenTheCacheShowsIt() {
    cache.add(asked("one"));
    cache.add(asked("two"));
    assertThat(quota.reserve(asked("one"), limits(2, 9))).isEmpty();
    cache.set(0, opened("one"));
    assertThat(quota.reserve(asked("two"), limits(2, 9))).isEmpty();
    assertThat(quota.reserve(asked("three"), limits(2, 9))).contains(SessionReason.QuotaExceeded);
  }

  @Test
  void aDeletedOrReleasedSessionFreesItsPlace() {
    cache.add(asked("one"));
    cache.add(asked("two"));
    assertThat(quota.reserve(asked("one"), limits(1, 1))).isEmpty();
    assertThat(quota.reserve(asked("two"), limits(1, 1))).isPresent();
    quota.release(asked("one"));
    assertThat(quota.reserve(asked("two"), limits(1, 1))).isEmpty();
    cache.remove(1);
    assertThat(quota.reserve(asked("one"), limits(1, 1))).isEmpty();
  }

  @Test
  void oneUserDoesNotTakeThePlaceOfAnother() {
    cache.add(opened("one"));
    assertThat(quota.reserve(asked("two"), limits(9, 1))).contains(SessionReason.UserQuotaExceeded);
    assertThat(quota.reserve(bob(), limits(9, 1))).isEmpty();
  }

  private static ConsoleSession bob() {
    ConsoleSession session = session("bobs");
    var spec = session.getSpec();
    session.setSpec(
        new ConsoleSessionSpec(
            spec.hostRef(),
            spec.target(),
            null,
            "bob",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return session;
  }
}
