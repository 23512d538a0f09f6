// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void tellsPercentiles() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 100; i++) {
      latencies.record(Duration.ofMillis(i).toNanos());
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    latencies.putInto(figures, "key_");

    assertThat(figures).containsOnlyKeys("key_p50_ms", "key_p99_ms", "key_events");
    assertThat(latencies.millis(50)).isEqualTo(50, within(0.1));
    assertThat(latencies.millis(99)).isEqualTo(99, within(0.1));
    latencies.reset();
    assertThat(latencies.count()).isZero();
  }

  @Test
  void takesWhatIsBeyondItsRange() {
    Latencies latencies = new Latencies();
    latencies.record(0);
    latencies.record(Duration.ofHours(1).toNanos());

    assertThat(latencies.count()).isEqualTo(2);
    assertThat(latencies.millis(100)).isEqualTo(60_000, within(100.0));
  }
}
