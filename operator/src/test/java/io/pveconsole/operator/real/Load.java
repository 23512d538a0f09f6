// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;

/**
 * How much is asked of the operator, and what it must reach.
 *
 * @param sessions how many are created
 * @param perSecond how fast
 * @param foreignSecrets Secrets that are none of the operator's business
 * @param deletions sessions that are then deleted, one after the other
 * @param rest how long it is watched doing nothing
 * @param median from the request that creates a session until it is seen Ready
 * @param slowest the same of the slowest of a hundred
 * @param deletion from the request that deletes a session until its grant is seen to go, likewise
 * @param heap of the operator, in bytes
 */
record Load(
    int sessions,
    int perSecond,
    int foreignSecrets,
    int deletions,
    Duration rest,
    Duration median,
    Duration slowest,
    Duration deletion,
    long heap) {

  private static final long MIB = 1 << 20;

  /** Small, and on a machine that does other work; or the whole, where a person asks for it. */
  static Load asked() {
    int sessions = Integer.getInteger("operator.scale.sessions", 10_000);
    return Boolean.getBoolean("operator.scale")
        ? new Load(
            sessions,
            50,
            sessions,
            100,
            Duration.ofSeconds(60),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            256 * MIB)
        : new Load(
            500,
            25,
            500,
            20,
            Duration.ofSeconds(5),
            stretched(Duration.ofSeconds(1)),
            stretched(Duration.ofSeconds(5)),
            stretched(Duration.ofSeconds(2)),
            64 * MIB);
  }

  /** By as much as the machine has more to do than it can. */
  private static Duration stretched(Duration limit) {
    OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    double excess = machine.getSystemLoadAverage() / machine.getAvailableProcessors();
    return excess <= 1 ? limit : Duration.ofMillis((long) (limit.toMillis() * excess));
  }
}
