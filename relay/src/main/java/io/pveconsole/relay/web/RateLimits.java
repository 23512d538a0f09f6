// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits how often something may be tried, to guard the CPU. A key that is over its limit is free
 * again within seconds: nobody can lock a session for its owner. Safe from any thread.
 */
final class RateLimits {

  private static final int MAX_KEYS = 2048;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;
  private final Map<String, double[]> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
          return size() > MAX_KEYS;
        }
      };

  RateLimits(double perSecond, double burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /** Takes one try of the key's share. */
  synchronized boolean allow(String key) {
    double now = nanoTime.getAsLong() / NANOS;
    double[] bucket = buckets.computeIfAbsent(key, k -> new double[] {burst, now});
    bucket[0] = Math.min(burst, bucket[0] + (now - bucket[1]) * perSecond);
    bucket[1] = now;
    if (bucket[0] < 1) {
      return false;
    }
    bucket[0]--;
    return true;
  }

  /** How many keys are remembered. */
  synchronized int size() {
    return buckets.size();
  }
}
