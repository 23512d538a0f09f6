// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.bench.load.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static final Map<String, String> GIVEN = Map.of(Options.RELAY, "java\n-jar\nrelay.jar");

  @Test
  void readsAll() {
    Options options =
        Options.parse(
            List.of(
                "open", "--seconds", "3", "--warm", "0", "idle", "--idle", "50", "--out", "/tmp/x"),
            GIVEN);

    assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("open", "idle");
    assertThat(options.scale().time()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.scale().warm()).isZero();
    assertThat(options.scale().idle()).isEqualTo(50);
    assertThat(options.settings().directory()).hasToString("/tmp/x");
    assertThat(options.settings().command()).containsExactly("java", "-jar", "relay.jar");
  }

  @Test
  void runsAllWhereNoneIsNamed() {
    assertThat(Options.parse(List.of(), GIVEN).scenarios())
        .extracting(Scenario::name)
        .containsExactly(
            "open",
            "keys",
            "keys-beside-bulk",
            "keys-in-bulk",
            "fair",
            "idle",
            "slow",
            "filter",
            "mixed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"what", "--seconds", "--seconds 0", "--seconds x", "--idle 9999", "--what 1"})
  void saysWhatIsWrong(String line) {
    assertThatThrownBy(() -> Options.parse(List.of(line.split(" ")), GIVEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line.split(" ")[0]);
  }

  @Test
  void isStartedByTheScript() {
    assertThatThrownBy(() -> Options.parse(List.of(), Map.of())).hasMessageContaining("bench/load");
  }
}
