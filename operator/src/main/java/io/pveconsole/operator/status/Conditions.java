// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.status;

import io.pveconsole.api.v1alpha1.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns findings into conditions whose times change only when their status does. */
public final class Conditions {

  private static final int MAX_MESSAGE = 2048;

  private Conditions() {}

  /** The conditions to write, sorted by type. */
  public static List<Condition> merge(
      @Nullable List<Condition> before, List<Finding> findings, long generation, Instant now) {
    return findings.stream()
        .map(finding -> condition(find(before, finding.type()), finding, generation, now))
        .sorted(Comparator.comparing(Condition::type))
        .toList();
  }

  /** The condition of that type. */
  public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /** Whether the condition is there and True. */
  public static boolean isTrue(@Nullable List<Condition> conditions, String type) {
    return find(conditions, type).filter(c -> c.status().equals("True")).isPresent();
  }

  private static Condition condition(
      Optional<Condition> before, Finding finding, long generation, Instant now) {
    String status = finding.status().name();
    String time =
        before
            .filter(c -> c.status().equals(status))
            .map(Condition::lastTransitionTime)
            .orElseGet(() -> Times.text(now));
    return new Condition(
        finding.type(),
        status,
        finding.reason().name(),
        shortened(finding.message()),
        generation,
        time);
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }
}
