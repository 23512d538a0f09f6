// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.figures.Latencies;
import io.pveconsole.bench.load.site.ProcStat;
import io.pveconsole.bench.load.site.Site;
import java.io.IOException;
import java.util.OptionalLong;

/** Looks at the relay from time to time. Belongs to one thread. */
final class Sampler {

  /** A collection stops the relay for a moment, which the keys' p99 shows. */
  private static final int HEAP_EVERY = 3;

  private static final String DIRECT = "jvm_buffer_memory_used_bytes{";
  private static final int KIB = 1024;
  private static final double NANOS = 1e9;

  private final Site site;
  private final Latencies opens;
  private final Latencies keys;
  private final long began = System.nanoTime();
  private int taken;

  Sampler(Site site, Latencies opens, Latencies keys) {
    this.site = site;
    this.opens = opens;
    this.keys = keys;
  }

  Sample take() throws IOException, InterruptedException {
    boolean heap = taken % HEAP_EVERY == 0;
    taken++;
    ProcStat stat = site.relay().stat();
    Sample sample =
        new Sample(
            (System.nanoTime() - began) / NANOS,
            stat.pssKib(),
            heap ? OptionalLong.of(site.relay().jvm().liveHeapKib()) : OptionalLong.empty(),
            stat.threads(),
            stat.descriptors(),
            (long) site.management().sum(DIRECT) / KIB,
            opens.count(),
            opens.millis(99),
            keys.millis(50),
            keys.millis(99),
            site.troubles().count());
    opens.reset();
    keys.reset();
    return sample;
  }
}
