// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.browser.Browser;
import io.pveconsole.bench.load.browser.OpenConsole;
import io.pveconsole.bench.load.browser.SlowReader;
import io.pveconsole.bench.load.site.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** People behind thin lines. */
final class SlowAudience implements AutoCloseable {

  private static final long BYTES_PER_SECOND = 50_000;
  private static final double KILO = 1e3;

  private final Browser browser;
  private final List<SlowReader> readers = new ArrayList<>();
  private final List<OpenConsole> consoles = new ArrayList<>();
  private long before;
  private long since;

  private SlowAudience(Browser browser) {
    this.browser = browser;
  }

  /** Opens a console of each session. */
  static SlowAudience watch(Browser browser, List<Session> sessions)
      throws IOException, InterruptedException {
    SlowAudience audience = new SlowAudience(browser);
    for (Session session : sessions) {
      SlowReader reader = new SlowReader(BYTES_PER_SECOND);
      session.prepare();
      OpenConsole console = session.open(browser, reader);
      reader.start(console);
      audience.readers.add(reader);
      audience.consoles.add(console);
    }
    audience.mark();
    return audience;
  }

  /** Counts from now on. */
  void mark() {
    before = bytes();
    since = System.nanoTime();
  }

  /** kB/s of each on average since the last mark. */
  double rate() {
    double seconds = (System.nanoTime() - since) / 1e9;
    return (bytes() - before) / seconds / KILO / readers.size();
  }

  private long bytes() {
    return readers.stream().mapToLong(SlowReader::bytes).sum();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    browser.close(consoles);
  }
}
