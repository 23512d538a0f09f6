// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whose time counts. The server's true time is {@link #START} plus what {@link #nanos} says. */
class ServerClockTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05.400Z");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Instant> own =
      new AtomicReference<>(START.plus(Duration.ofMinutes(1)));
  private final ServerClock clock =
      new ServerClock(
          new Clock() {
            @Override
            public java.time.ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return own.get();
            }
          },
          nanos::get);

  private Instant trueTime() {
    return START.plusNanos(nanos.get());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** An answer that took 20 ms and whose date was written in the middle. */
  private void answer() {
    long sent = clock.mark();
    pass(Duration.ofMillis(10));
    Instant date = trueTime().truncatedTo(ChronoUnit.SECONDS);
    pass(Duration.ofMillis(10));
    clock.heard(date, sent);
  }

  private Duration error() {
    return Duration.between(trueTime(), clock.instant()).abs();
  }

  @Test
  void theOwnClockCountsUntilTheServerIsHeard() {
    assertThat(clock.instant()).isEqualTo(own.get());

    answer();

    assertThat(error()).isLessThan(Duration.ofMillis(600));
  }

  @Test
  void theOwnClockMayJumpAfterwards() {
    answer();
    Instant before = clock.instant();
    own.set(START.minus(Duration.ofDays(400)));
    pass(Duration.ofSeconds(7));

    assertThat(clock.instant()).isEqualTo(before.plusSeconds(7));
  }

  @Test
  void manyAnswersTellPartsOfASecond() {
    for (int i = 0; i < 20; i++) {
      answer();
      pass(Duration.ofMillis(10_333));
    }

    assertThat(error()).isLessThan(Duration.ofMillis(120));
  }

  @Test
  void slowAnswersDoNotSpoilWhatIsKnown() {
    for (int i = 0; i < 20; i++) {
      answer();
      pass(Duration.ofMillis(10_333));
    }
    long sent = clock.mark();
    pass(Duration.ofSeconds(4));
    clock.heard(trueTime().truncatedTo(ChronoUnit.SECONDS), sent);

    assertThat(error()).isLessThan(Duration.ofMillis(150));
  }

  @Test
  void followsAServerWhoseClockIsSet() {
    answer();
    long sent = clock.mark();
    pass(Duration.ofMillis(10));
    clock.heard(trueTime().plusSeconds(90).truncatedTo(ChronoUnit.SECONDS), sent);

    assertThat(Duration.between(trueTime().plusSeconds(90), clock.instant()).abs())
        .isLessThan(Duration.ofMillis(600));
  }

  @Test
  void clocksThatDriftApartAreNoJump() {
    for (int i = 0; i < 500; i++) {
      long sent = clock.mark();
      pass(Duration.ofSeconds(10));
      Instant fast = trueTime().plusNanos(nanos.get() / 20_000);
      clock.heard(fast.truncatedTo(ChronoUnit.SECONDS), clock.mark() - 1_000_000);
      assertThat(Duration.between(fast, clock.instant()).abs()).isLessThan(Duration.ofSeconds(1));
      assertThat(sent).isLessThan(clock.mark());
    }
  }
}
