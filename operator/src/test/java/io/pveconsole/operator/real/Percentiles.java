// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Durations in order. */
record Percentiles(List<Duration> sorted) {

  static Percentiles of(Collection<Duration> durations) {
    return new Percentiles(durations.stream().sorted().toList());
  }

  /** The nearest rank; {@code percent} from 1 to 100. */
  Duration at(int percent) {
    return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %d ms, p90 %d ms, p99 %d ms, most %d ms of %d",
        at(50).toMillis(),
        at(90).toMillis(),
        at(99).toMillis(),
        at(100).toMillis(),
        sorted.size());
  }
}
