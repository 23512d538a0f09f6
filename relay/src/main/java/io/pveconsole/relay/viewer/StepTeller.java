// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.async.OneTimer;
import io.pveconsole.relay.proxmox.StepEvent;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Tells a browser of the steps to the guest: of each one's end, and of its beginning where it
 * lasts. A console that opens at once would otherwise send twice as many messages. Belongs to one
 * event loop.
 */
final class StepTeller {

  /** Nobody reads a line that is there for less. */
  private static final Duration LASTS = Duration.ofMillis(100);

  private final BrowserSocket browser;
  private final OneTimer beginning;

  StepTeller(Vertx vertx, BrowserSocket browser) {
    this.browser = browser;
    this.beginning = new OneTimer(vertx);
  }

  void tell(StepEvent event) {
    if (event.state() == StepEvent.State.STARTED) {
      beginning.set(LASTS, () -> browser.control(ControlMessages.step(event)));
    } else {
      beginning.cancel();
      browser.control(ControlMessages.step(event));
    }
  }

  /** No step is under way any more, not even one that nobody ended. */
  void end() {
    beginning.cancel();
  }
}
