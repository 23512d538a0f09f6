// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Times of many events, from 1 µs to a minute, to three digits. Safe from any thread. */
public final class Latencies {

  private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(1);
  private static final double MICROS_PER_MILLI = 1000;

  private final Histogram micros = new ConcurrentHistogram(1, MOST_MICROS, 3);

  /** One event that took so long. */
  public void record(long nanos) {
    micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, MOST_MICROS));
  }

  /** Forgets all. */
  public void reset() {
    micros.reset();
  }

  /** How many. */
  public long count() {
    return micros.getTotalCount();
  }

  /** The time in ms that so many percent of the events took at most; 0 when there were none. */
  public double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }

  /** Puts {@code NAMEp50_ms}, {@code NAMEp99_ms} and {@code NAMEevents}. */
  public void putInto(Map<String, Double> figures, String name) {
    figures.put(name + "p50_ms", millis(50));
    figures.put(name + "p99_ms", millis(99));
    figures.put(name + "events", (double) count());
  }
}
