// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;

/** Stretches a time limit by as much as the machine has more to do than it can. */
final class Patience {
  private Patience() {}

  /** The limit itself on a machine that is not overloaded. */
  static Duration of(Duration limit) {
    OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    double excess = machine.getSystemLoadAverage() / machine.getAvailableProcessors();
    return excess <= 2 ? limit : Duration.ofMillis((long) (limit.toMillis() * excess));
  }
}
