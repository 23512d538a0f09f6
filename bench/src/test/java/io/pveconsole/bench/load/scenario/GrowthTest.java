// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.bench.load.figures.Troubles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GrowthTest {

  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Troubles troubles = new Troubles();

  @Test
  void whatStaysIsNoTrouble() {
    judge(samples(0, 0));

    assertThat(troubles.all()).isEmpty();
    assertThat(figures).containsEntry("last_pss_kib", 200_000.0).containsEntry("rise_fds", 0.0);
  }

  @Test
  void memoryMayRiseByAPart() {
    judge(samples(500, 0));

    assertThat(troubles.all()).isEmpty();
    assertThat(figures).containsEntry("rise_pss_kib", 500.0 * 19);
  }

  @Test
  void growthIsATrouble() {
    judge(samples(2000, 1));

    assertThat(troubles.all())
        .hasSize(2)
        .anyMatch(trouble -> trouble.startsWith("pss_kib grows: by 38000.0"))
        .anyMatch(trouble -> trouble.startsWith("fds grows: by 19.0"));
  }

  private void judge(List<Sample> samples) {
    Growth.of(samples).forEach(growth -> growth.judge(figures, troubles));
  }

  private static List<Sample> samples(long pssEach, long descriptorsEach) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      samples.add(
          new Sample(
              i,
              200_000 + pssEach * i,
              i % 3 == 0 ? OptionalLong.of(30_000) : OptionalLong.empty(),
              40,
              100 + descriptorsEach * i,
              10_000,
              20,
              9.5,
              0.5,
              2,
              0));
    }
    return samples;
  }
}
