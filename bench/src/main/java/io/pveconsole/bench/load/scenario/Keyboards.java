// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.browser.Browser;
import io.pveconsole.bench.load.browser.KeySender;
import io.pveconsole.bench.load.browser.OpenConsole;
import io.pveconsole.bench.load.figures.Latencies;
import io.pveconsole.bench.load.figures.Troubles;
import io.pveconsole.bench.load.site.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** People who type, each in a console of their own. */
final class Keyboards implements AutoCloseable {

  /** How long answers are waited for at the end. */
  private static final Duration ANSWERS = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 20;

  private final Browser browser;
  private final Troubles troubles;
  private final Latencies latencies;
  private final LongAdder bulk = new LongAdder();
  private final List<KeySender> senders = new ArrayList<>();
  private final List<OpenConsole> consoles = new ArrayList<>();

  Keyboards(Browser browser, Troubles troubles) {
    this(browser, troubles, new Latencies());
  }

  Keyboards(Browser browser, Troubles troubles, Latencies latencies) {
    this.browser = browser;
    this.troubles = troubles;
    this.latencies = latencies;
  }

  /** Opens consoles where events are answered, and begins to type. */
  Keyboards type(List<Session> sessions, double perSecond)
      throws IOException, InterruptedException {
    return begin(sessions, perSecond, true);
  }

  /** The same where nothing is answered. */
  Keyboards typeInVain(List<Session> sessions, double perSecond)
      throws IOException, InterruptedException {
    return begin(sessions, perSecond, false);
  }

  private Keyboards begin(List<Session> sessions, double perSecond, boolean answered)
      throws IOException, InterruptedException {
    for (Session session : sessions) {
      KeySender sender = new KeySender(perSecond, latencies, troubles, bulk::add);
      if (!answered) {
        sender.unanswered();
      }
      session.prepare();
      OpenConsole console = session.open(browser, sender);
      senders.add(sender);
      consoles.add(console);
      sender.start(console);
    }
    return this;
  }

  /** From event to answer. */
  Latencies latencies() {
    return latencies;
  }

  /** Bytes of updates that were no answers. */
  long bulkBytes() {
    return bulk.sum();
  }

  /** Events so far. */
  long sent() {
    return senders.stream().mapToLong(KeySender::sent).sum();
  }

  /** Stops typing, waits for the answers, leaves. */
  @Override
  public void close() throws IOException, InterruptedException {
    senders.forEach(KeySender::stop);
    long end = System.nanoTime() + ANSWERS.toNanos();
    while (waiting() > 0 && System.nanoTime() < end) {
      Thread.sleep(LOOK_MILLIS);
    }
    if (waiting() > 0) {
      troubles.add(waiting() + " events were not answered within " + ANSWERS);
    }
    browser.close(consoles);
  }

  private long waiting() {
    return senders.stream().mapToLong(KeySender::waiting).sum();
  }
}
