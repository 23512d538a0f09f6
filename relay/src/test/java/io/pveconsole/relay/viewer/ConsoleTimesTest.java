// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The times of production, and what they must be shorter than. */
class ConsoleTimesTest {

  private static final Duration PROXMOX_ENDS_SILENCE = Duration.ofMinutes(15);
  private static final Duration PROXIES_END_SILENCE = Duration.ofSeconds(60);

  private final ConsoleTimes times = ConsoleTimes.standard();

  @Test
  void areThoseOfTheDesign() {
    assertThat(times.tick()).isEqualTo(Duration.ofSeconds(1));
    assertThat(times.keepAlive()).isEqualTo(Duration.ofMinutes(5));
    assertThat(times.terminalPing()).isEqualTo(Duration.ofSeconds(30));
    assertThat(times.ping()).isEqualTo(Duration.ofSeconds(20));
    assertThat(times.stuck()).isEqualTo(Duration.ofSeconds(30));
    assertThat(times.behind()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void areShorterThanWhatOthersWait() {
    assertThat(times.keepAlive().multipliedBy(2)).isLessThan(PROXMOX_ENDS_SILENCE);
    assertThat(times.ping().multipliedBy(2)).isLessThan(PROXIES_END_SILENCE);
  }

  @Test
  void areCountedInTicks() {
    assertThat(times.ticks(times.keepAlive())).isEqualTo(300);
    assertThat(times.ticks(Duration.ZERO)).isEqualTo(1);
  }
}
