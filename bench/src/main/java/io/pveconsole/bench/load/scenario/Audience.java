// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.browser.Browser;
import io.pveconsole.bench.load.browser.BulkReader;
import io.pveconsole.bench.load.browser.OpenConsole;
import io.pveconsole.bench.load.browser.Reader;
import io.pveconsole.bench.load.browser.SlowReader;
import io.pveconsole.bench.load.site.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** People who watch what their guests send. */
final class Audience implements AutoCloseable {

  private static final double MEGA = 1e6;
  private static final long SLOW_BYTES_PER_SECOND = 50_000;

  private final Browser browser;
  private final List<Reader> readers = new ArrayList<>();
  private final List<OpenConsole> consoles = new ArrayList<>();
  private List<Long> before = List.of();
  private long since;

  private Audience(Browser browser) {
    this.browser = browser;
  }

  /** Opens a console of each session, by people who take all. */
  static Audience watch(Browser browser, List<Session> sessions)
      throws IOException, InterruptedException {
    return watch(browser, sessions, BulkReader::new);
  }

  /** The same by people behind thin lines. */
  static Audience watchSlowly(Browser browser, List<Session> sessions)
      throws IOException, InterruptedException {
    return watch(browser, sessions, () -> new SlowReader(SLOW_BYTES_PER_SECOND));
  }

  private static Audience watch(Browser browser, List<Session> sessions, Supplier<Reader> kind)
      throws IOException, InterruptedException {
    Audience audience = new Audience(browser);
    for (Session session : sessions) {
      Reader reader = kind.get();
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
    before = readers.stream().map(Reader::bytes).toList();
    since = System.nanoTime();
  }

  /** MB/s of each since the last mark. */
  List<Double> rates() {
    double seconds = (System.nanoTime() - since) / 1e9;
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      rates.add((readers.get(i).bytes() - before.get(i)) / seconds / MEGA);
    }
    return rates;
  }

  /** MB/s of all together since the last mark. */
  double rate() {
    return rates().stream().mapToDouble(Double::doubleValue).sum();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    browser.close(consoles);
  }
}
