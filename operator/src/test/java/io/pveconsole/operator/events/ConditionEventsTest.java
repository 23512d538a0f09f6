// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

import static io.pveconsole.operator.testing.Samples.NOW;
import static io.pveconsole.operator.testing.Samples.condition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionEventsTest {

  @Test
  void aFirstTrueIsToldAndAFirstFalseIsNot() {
    var after = List.of(condition("Accepted", "True", NOW), condition("Ready", "False", NOW));
    assertThat(ConditionEvents.between(null, after))
        .extracting(Happening::about)
        .containsExactly("Accepted");
  }

  @Test
  void acceptedAndReadyInOneMomentIsOneEvent() {
    var both = List.of(condition("Accepted", "True", NOW), condition("Ready", "True", NOW));
    assertThat(ConditionEvents.between(null, both))
        .extracting(Happening::about)
        .containsExactly("Ready");
  }

  @Test
  void losingAConditionIsAWarning() {
    var before = List.of(condition("Ready", "True", NOW));
    var after = List.of(condition("Ready", "False", NOW));
    assertThat(ConditionEvents.between(before, after))
        .extracting(Happening::type)
        .containsExactly("Warning");
  }

  @Test
  void nothingNewIsNotTold() {
    var same = List.of(condition("Ready", "True", NOW));
    assertThat(ConditionEvents.between(same, same)).isEmpty();
  }

  @Test
  void theEndIsOneEvent() {
    var before =
        List.of(
            condition("Connected", "True", NOW),
            condition("Finished", "False", NOW),
            condition("Ready", "True", NOW));
    var after =
        List.of(
            condition("Connected", "False", NOW),
            condition("Finished", "True", NOW),
            condition("Ready", "False", NOW));
    assertThat(ConditionEvents.between(before, after))
        .extracting(Happening::about)
        .containsExactly("Finished");
  }
}
