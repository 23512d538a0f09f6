// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.operator.testing.MutableClock;
import io.pveconsole.operator.testing.Samples;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SessionCountTest {

  private final MutableClock clock = new MutableClock(Samples.NOW);
  private final SessionCount count = new SessionCount(clock);

  private SessionCount.Report report(String uid, Integer before, int counted) {
    return count.report(uid, before, OptionalInt.of(counted));
  }

  @Test
  void isWrittenEveryTenSecondsAtMost() {
    assertThat(report("host", null, 1).count()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(3));
    assertThat(report("host", 1, 2))
        .isEqualTo(new SessionCount.Report(1, Optional.of(Duration.ofSeconds(7))));
    clock.advance(Duration.ofSeconds(7));
    assertThat(report("host", 1, 3)).isEqualTo(new SessionCount.Report(3, Optional.empty()));
  }

  @Test
  void hostsDoNotWaitForEachOther() {
    assertThat(report("one", 0, 1).count()).isEqualTo(1);
    assertThat(report("two", 0, 1).count()).isEqualTo(1);
  }

  @Test
  void beforeAnythingIsCountedTheOldNumberStays() {
    SessionCount.Report report = count.report("host", 5, OptionalInt.empty());
    assertThat(report.count()).isEqualTo(5);
    assertThat(report.again()).isPresent();
  }
}
