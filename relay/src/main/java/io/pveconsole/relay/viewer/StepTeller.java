// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.async.OneTimer;
import io.pveconsole.relay.proxmox.StepEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a browser of the steps to the guest, together and no more often than an eye can follow: of
 * each one's end, and of the beginning of the one that is under way. A console that opens at once
 * is told of in one go. Belongs to one event loop.
 */
final class StepTeller {

  /** Nobody reads a line that is there for less. */
  private static final Duration LASTS = Duration.ofMillis(100);

  private final BrowserSocket browser;
  private final OneTimer timer;
  private final List<StepEvent> ended = new ArrayList<>();
  private @Nullable StepEvent begun;

  StepTeller(Vertx vertx, BrowserSocket browser) {
    this.browser = browser;
    this.timer = new OneTimer(vertx);
  }

  void tell(StepEvent event) {
    if (begun == null && ended.isEmpty()) {
      timer.set(LASTS, this::now);
    }
    if (event.state() == StepEvent.State.STARTED) {
      begun = event;
    } else {
      begun = null;
      ended.add(event);
    }
  }

  /** Tells at once what is known. */
  void now() {
    timer.cancel();
    ended.forEach(event -> browser.control(ControlMessages.step(event)));
    ended.clear();
    if (begun != null) {
      browser.control(ControlMessages.step(begun));
      begun = null;
    }
  }

  /** No step is under way any more, not even one that nobody ended. */
  void end() {
    begun = null;
    now();
  }
}
