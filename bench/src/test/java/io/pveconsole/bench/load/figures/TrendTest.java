// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  private static final int SAMPLES = 20;

  @Test
  void seesWhatRisesInTheSecondHalf() {
    Trend trend = Trend.of(series(i -> 100 + 3.0 * i));

    assertThat(trend.perSample()).isEqualTo(3, within(1e-9));
    assertThat(trend.total()).isEqualTo(27, within(1e-9));
    assertThat(trend.samples()).isEqualTo(10);
    assertThat(trend.isKnown()).isTrue();
    assertThat(trend.rises(26)).isTrue();
    assertThat(trend.rises(28)).isFalse();
  }

  @Test
  void doesNotMindWhatRisesInTheFirst() {
    assertThat(Trend.of(series(i -> Math.min(i, 10))).rises(0)).isFalse();
  }

  @Test
  void doesNotMindNoise() {
    Trend trend = Trend.of(series(i -> i % 5 < 3 ? 100 : 160));

    assertThat(trend.total()).isPositive();
    assertThat(trend.rises(1)).isFalse();
  }

  @Test
  void saysNothingOfFewSamples() {
    assertThat(Trend.of(List.of(1.0, 2.0, 3.0, 4.0)).rises(0)).isFalse();
    assertThat(Trend.of(List.of()).isKnown()).isFalse();
  }

  private static List<Double> series(java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, SAMPLES).mapToDouble(value).boxed().toList();
  }
}
