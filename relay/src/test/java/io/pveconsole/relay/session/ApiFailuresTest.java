// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.proxmox.MovableClock;
import io.pveconsole.relay.web.security.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator reads of an API server that fails. */
class ApiFailuresTest {

  private static final class Lines extends AbstractAppender {
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
      start();
    }

    @Override
    public void append(LogEvent event) {
      events.add(event.toImmutable());
    }
  }

  private final Logger logger = (Logger) LogManager.getLogger(ApiFailures.class);
  private final Lines lines = new Lines();
  private final MovableClock clock = new MovableClock();
  private final ApiFailures failures = new ApiFailures(clock);

  @BeforeEach
  void listen() {
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.removeAppender(lines);
  }

  private Problem fail(String call) {
    return failures.unavailable(call, "s", new IllegalStateException("forbidden: patch")).problem();
  }

  private String message(int index) {
    return lines.events.get(index).getMessage().getFormattedMessage()
        + lines.events.get(index).getContextData();
  }

  @Test
  void saysWhyAndOnlyOnceAMinute() {
    assertThat(fail("redeem")).isEqualTo(Problem.UNAVAILABLE);
    assertThat(fail("redeem")).isEqualTo(Problem.UNAVAILABLE);

    assertThat(lines.events).hasSize(1);
    assertThat(lines.events.getFirst().getLevel()).isEqualTo(Level.WARN);
    assertThat(message(0)).contains("forbidden: patch").contains("redeem");

    clock.advance(Duration.ofSeconds(61));
    fail("redeem");
    assertThat(lines.events).hasSize(2);
    assertThat(message(1)).contains("silentBefore").contains("1");
  }

  @Test
  void oneKindOfCallDoesNotHideAnother() {
    fail("redeem");
    fail("read");

    assertThat(lines.events).hasSize(2);
  }

  @Test
  void aRefusalIsNoFailure() {
    ProblemException refusal = new ProblemException(Problem.WRONG_SECRET);

    assertThat(failures.unavailable("redeem", "s", refusal)).isSameAs(refusal);
    assertThat(lines.events).isEmpty();
  }
}
