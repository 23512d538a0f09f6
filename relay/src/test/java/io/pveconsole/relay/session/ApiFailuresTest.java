// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.LogLines;
import io.pveconsole.relay.proxmox.MovableClock;
import io.pveconsole.relay.web.security.Problem;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator reads of an API server that fails. */
class ApiFailuresTest {

  private final LogLines lines = new LogLines(ApiFailures.class.getName());
  private final MovableClock clock = new MovableClock();
  private final ApiFailures failures = new ApiFailures(clock);

  @AfterEach
  void stop() {
    lines.close();
  }

  private Problem fail(String call) {
    return failures.unavailable(call, "s", new IllegalStateException("forbidden: patch")).problem();
  }

  @Test
  void saysWhyAndOnlyOnceAMinute() {
    assertThat(fail("redeem")).isEqualTo(Problem.UNAVAILABLE);
    assertThat(fail("redeem")).isEqualTo(Problem.UNAVAILABLE);

    assertThat(lines.printed()).hasSize(1);
    assertThat(lines.levels()).containsExactly("WARN");
    assertThat(lines.printed().get(0)).contains("forbidden: patch").contains("redeem");

    clock.advance(Duration.ofSeconds(61));
    fail("redeem");
    assertThat(lines.printed()).hasSize(2);
    assertThat(lines.values("silentBefore")).element(1).isEqualTo("1");
  }

  @Test
  void oneKindOfCallDoesNotHideAnother() {
    fail("redeem");
    fail("read");

    assertThat(lines.printed()).hasSize(2);
  }

  @Test
  void aRefusalIsNoFailure() {
    ProblemException refusal = new ProblemException(Problem.WRONG_SECRET);

    assertThat(failures.unavailable("redeem", "s", refusal)).isSameAs(refusal);
    assertThat(lines.printed()).isEmpty();
  }
}
