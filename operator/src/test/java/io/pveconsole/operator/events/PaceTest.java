// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final AtomicLong nanos = new AtomicLong(-7);
  private final Pace pace = new Pace(3, 10, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void someAtOnceThenOneAfterTheOther() {
    for (int i = 0; i < 3; i++) {
      assertThat(pace.step()).isZero();
    }
    assertThat(pace.step()).isEqualTo(Duration.ofMillis(100));
    pass(Duration.ofMillis(100));
    assertThat(pace.step()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void restIsSavedButNoMoreThanThat() {
    someAtOnceThenOneAfterTheOther();
    pass(Duration.ofHours(1));
    someAtOnceThenOneAfterTheOther();
  }
}
