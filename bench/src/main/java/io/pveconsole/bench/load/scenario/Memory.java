// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.site.Site;
import java.io.IOException;
import java.time.Duration;

/** The relay's memory, without what a collection takes away anyway. */
final class Memory {

  static final double KIB_PER_MIB = 1024;

  private static final Duration SETTLED = Duration.ofSeconds(1);

  private Memory() {}

  /** PSS in KiB after a moment and a collection. */
  static double settled(Site site) throws IOException, InterruptedException {
    Thread.sleep(SETTLED);
    site.relay().jvm().collect();
    return site.relay().stat().pssKib();
  }
}
