// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import io.pveconsole.bench.load.browser.Browser;
import io.pveconsole.bench.load.browser.OpenConsole;
import io.pveconsole.bench.load.browser.ScreenEvents;
import io.pveconsole.bench.peer.Access;
import io.pveconsole.bench.peer.Stage;
import java.io.IOException;
import java.time.Duration;

/** A session that may be opened again and again, by one thread at a time. */
public final class Session {

  /** Before the relay's five minutes are over. */
  private static final Duration COOKIE_LIFE = Duration.ofMinutes(4);

  private final Stage stage;
  private Access access;
  private long since = System.nanoTime();

  Session(Stage stage, Access access) {
    this.stage = stage;
    this.access = access;
  }

  /** Gets new cookies where the old ones are about to end, which takes a moment. */
  public void prepare() throws IOException, InterruptedException {
    if (System.nanoTime() - since > COOKIE_LIFE.toNanos()) {
      access = stage.refresh(access);
      since = System.nanoTime();
    }
  }

  /**
   * Opens its console; returns when ServerInit has come.
   *
   * @throws IOException when that fails or takes more than half a minute
   */
  public OpenConsole open(Browser browser, ScreenEvents events)
      throws IOException, InterruptedException {
    return browser.open(access, events);
  }
}
