// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.browser.Browser;
import io.pveconsole.bench.load.browser.OpenConsole;
import io.pveconsole.bench.load.browser.ScreenEvents;
import io.pveconsole.bench.load.figures.Latencies;
import io.pveconsole.bench.load.figures.Troubles;
import io.pveconsole.bench.load.site.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Clients who open a console, close it, pause, and open another one. */
final class OpenLoop {

  private final Browser browser;
  private final LinkedBlockingQueue<Session> sessions;
  private final Troubles troubles;
  private final Latencies latencies;
  private final Duration pause;

  /**
   * Clients who share sessions.
   *
   * @param sessions more than there are clients
   * @param latencies hear how long each open took, from the upgrade to ServerInit
   */
  OpenLoop(
      Browser browser,
      List<Session> sessions,
      Troubles troubles,
      Latencies latencies,
      Duration pause) {
    this.browser = browser;
    this.sessions = new LinkedBlockingQueue<>(sessions);
    this.troubles = troubles;
    this.latencies = latencies;
    this.pause = pause;
  }

  /** Lets so many clients do so for a time. */
  void run(int clients, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        threads.execute(() -> client(end));
      }
    }
  }

  private void client(long end) {
    try {
      while (System.nanoTime() < end) {
        Session session = sessions.take();
        once(session);
        sessions.put(session);
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void once(Session session) throws InterruptedException {
    try {
      session.prepare();
      long click = System.nanoTime();
      OpenConsole console = session.open(browser, ScreenEvents.NONE);
      latencies.record(System.nanoTime() - click);
      browser.close(console);
    } catch (IOException e) {
      troubles.add(String.valueOf(e.getMessage()));
    }
  }
}
