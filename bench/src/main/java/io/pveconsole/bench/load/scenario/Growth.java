// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.figures.Trend;
import io.pveconsole.bench.load.figures.Troubles;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether something of the relay grows.
 *
 * @param series its samples
 * @param tolerance how much more there may be at the end of the second half than at its beginning
 */
record Growth(String name, List<Double> series, double tolerance) {

  private static final double SHARE = 0.05;
  private static final double LEAST_KIB = 4096;
  private static final double THREADS = 3;
  private static final double DESCRIPTORS = 16;

  /** All that is watched: memory may rise by 5 % or 4 MiB. */
  static List<Growth> of(List<Sample> samples) {
    List<Double> pss = samples.stream().map(sample -> (double) sample.pssKib()).toList();
    List<Double> heap =
        samples.stream()
            .flatMap(sample -> sample.heapKib().stream().boxed())
            .map(Long::doubleValue)
            .toList();
    List<Double> direct = samples.stream().map(sample -> (double) sample.directKib()).toList();
    return List.of(
        new Growth("pss_kib", pss, memory(pss)),
        new Growth("heap_kib", heap, memory(heap)),
        new Growth("direct_kib", direct, memory(direct)),
        new Growth(
            "threads", samples.stream().map(sample -> (double) sample.threads()).toList(), THREADS),
        new Growth(
            "fds",
            samples.stream().map(sample -> (double) sample.descriptors()).toList(),
            DESCRIPTORS));
  }

  private static double memory(List<Double> series) {
    double mean = series.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return Math.max(LEAST_KIB, SHARE * mean);
  }

  /** Puts the last value and the trend into the figures; growth is a trouble. */
  void judge(Map<String, Double> figures, Troubles troubles) {
    Trend trend = Trend.of(series);
    figures.put("last_" + name, series.isEmpty() ? 0 : series.getLast());
    figures.put("per_sample_" + name, trend.perSample());
    figures.put("rise_" + name, trend.total());
    figures.put("judged_by_" + name, (double) (trend.isKnown() ? trend.samples() : 0));
    if (trend.rises(tolerance)) {
      troubles.add(
          String.format(
              Locale.ROOT,
              "%s grows: by %.1f over the second half, %.1f are tolerated",
              name,
              trend.total(),
              tolerance));
    }
  }
}
