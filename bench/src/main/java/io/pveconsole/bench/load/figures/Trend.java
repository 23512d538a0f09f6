// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import java.util.List;

/**
 * The straight line through the second half of a series.
 *
 * @param perSample how much is added from one sample to the next
 * @param total how much from the first to the last of that half
 * @param error standard error of {@code perSample}
 * @param samples how many there are in that half
 */
public record Trend(double perSample, double total, double error, int samples) {

  /** Fewer samples prove nothing. */
  public static final int LEAST = 6;

  private static final double CERTAIN = 3;

  /** The trend of a series in any unit; flat where there are too few samples. */
  public static Trend of(List<Double> series) {
    List<Double> half = series.subList(series.size() / 2, series.size());
    int n = half.size();
    if (n < LEAST) {
      return new Trend(0, 0, 0, n);
    }
    double middle = (n - 1) / 2.0;
    double mean = half.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double spread = 0;
    double common = 0;
    for (int i = 0; i < n; i++) {
      spread += (i - middle) * (i - middle);
      common += (i - middle) * (half.get(i) - mean);
    }
    double slope = common / spread;
    double rest = 0;
    for (int i = 0; i < n; i++) {
      double off = half.get(i) - mean - slope * (i - middle);
      rest += off * off;
    }
    return new Trend(slope, slope * (n - 1), Math.sqrt(rest / (n - 2) / spread), n);
  }

  /** Whether there were enough samples to say anything. */
  public boolean isKnown() {
    return samples >= LEAST;
  }

  /** Whether it rises by more than is tolerated, and that cannot be chance (3 standard errors). */
  public boolean rises(double tolerance) {
    return total > tolerance && perSample > CERTAIN * error;
  }
}
