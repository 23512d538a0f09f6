// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.site.Site;
import java.io.IOException;
import java.time.Duration;

/** What passes on the clock and on the relay's processor from a moment on. */
final class Window {

  private static final double NANOS = 1e9;

  private final Site site;
  private final long began;
  private final long cpu;

  private Window(Site site) throws IOException {
    this.site = site;
    this.began = System.nanoTime();
    this.cpu = site.relay().stat().cpuMillis();
  }

  static Window begin(Site site) throws IOException {
    return new Window(site);
  }

  /** Waits so long. */
  Window last(Duration time) throws InterruptedException {
    Thread.sleep(time);
    return this;
  }

  double seconds() {
    return (System.nanoTime() - began) / NANOS;
  }

  double relayCpuMillis() throws IOException {
    return site.relay().stat().cpuMillis() - cpu;
  }

  /** How much of one processor the relay has used, in percent. */
  double relayCpuPercent() throws IOException {
    return relayCpuMillis() / seconds() / 10;
  }
}
