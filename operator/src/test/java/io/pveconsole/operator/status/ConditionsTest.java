// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.HostReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00.9Z");
  private static final Instant LATER = FIRST.plusSeconds(60);

  private static Condition only(List<Condition> before, Finding finding, Instant now) {
    return Conditions.merge(before, List.of(finding), 3, now).get(0);
  }

  @Test
  void timeStaysWhenOnlyReasonAndMessageChange() {
    Condition first = only(null, Finding.no("Ready", HostReason.RelayUnavailable, "none"), FIRST);
    Condition second =
        only(List.of(first), Finding.no("Ready", HostReason.Suspended, "suspended"), LATER);
    assertThat(second.lastTransitionTime()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(second.reason()).isEqualTo("Suspended");
  }

  @Test
  void timeChangesWithTheStatus() {
    Condition first = only(null, Finding.no("Ready", HostReason.RelayUnavailable, "none"), FIRST);
    Condition second =
        only(List.of(first), Finding.yes("Ready", HostReason.Available, "well"), LATER);
    assertThat(second.lastTransitionTime()).isEqualTo("2026-03-01T12:01:00Z");
    assertThat(second.observedGeneration()).isEqualTo(3);
  }

  @Test
  void typesAreSortedAndMessagesBounded() {
    List<Condition> conditions =
        Conditions.merge(
            null,
            List.of(
                Finding.yes("B", HostReason.Available, "x".repeat(5000)),
                Finding.unknown("A", HostReason.NoReport, "-")),
            1,
            FIRST);
    assertThat(conditions).extracting(Condition::type).containsExactly("A", "B");
    assertThat(conditions.get(1).message()).hasSize(2048);
    assertThat(Conditions.isTrue(conditions, "B")).isTrue();
    assertThat(Conditions.isTrue(conditions, "A")).isFalse();
    assertThat(Conditions.isTrue(null, "A")).isFalse();
  }

  @Test
  void timesThatAreNoneAreEmpty() {
    assertThat(Times.parse("2026-03-01T13:00:00+01:00"))
        .contains(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(Times.parse("soon")).isEmpty();
    assertThat(Times.parse(null)).isEmpty();
  }
}
