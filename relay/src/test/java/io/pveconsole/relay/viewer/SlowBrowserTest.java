// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is too slow, and who only has much to take. */
class SlowBrowserTest {

  private static final class Leg extends SilentSocket {
    private long taken;
    private boolean behind;

    @Override
    public long takenBytes() {
      return taken;
    }

    @Override
    public boolean isBehind() {
      return behind;
    }
  }

  private final Leg leg = new Leg();
  private final SlowBrowser slow = new SlowBrowser(leg, 30);

  @Test
  void isStuckAfterHalfAMinuteWithoutProgress() {
    leg.behind = true;
    for (int second = 1; second < 30; second++) {
      assertThat(slow.isStuck()).isFalse();
    }
    assertThat(slow.isStuck()).isTrue();
  }

  @Test
  void isNotStuckWhileItTakesSomething() {
    leg.behind = true;
    for (int second = 0; second < 100; second++) {
      leg.taken += 10_000;
      assertThat(slow.isStuck()).isFalse();
    }
  }

  @Test
  void isNotStuckWhenNothingWaits() {
    for (int second = 0; second < 100; second++) {
      assertThat(slow.isStuck()).isFalse();
    }
  }
}
