// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.rfb.BrowserHandshake;
import io.pveconsole.relay.rfb.Progress;
import io.pveconsole.relay.rfb.RfbException;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The RFB handshake with one browser, which may be over before its guest is reached: up to
 * ServerInit the relay has nothing to ask the guest for. Belongs to one event loop.
 */
final class RfbGreeting {

  private static final int MAX_AHEAD = 64 * 1024;

  private final BrowserSocket browser;
  private final BrowserHandshake handshake = new BrowserHandshake();
  private @Nullable Buffer ahead;
  private boolean expected;
  private boolean begun;

  RfbGreeting(BrowserSocket browser) {
    this.browser = browser;
  }

  /** From now on the browser may speak, though nobody has told it who speaks. */
  void expect() {
    expected = true;
  }

  /** Says who speaks, once. */
  void begin() {
    expected = true;
    if (!begun) {
      begun = true;
      browser.send(handshake.banner());
    }
  }

  boolean isExpected() {
    return expected;
  }

  /** Whether the browser waits for ServerInit. */
  boolean isDone() {
    return ahead != null;
  }

  /**
   * Takes bytes of the browser; what follows the handshake is kept.
   *
   * @throws RfbException when it speaks something else, or says much before it has an answer
   */
  void feed(Buffer data) {
    Buffer kept = ahead;
    if (kept != null) {
      if (kept.length() + data.length() > MAX_AHEAD) {
        throw new RfbException("too many bytes before ServerInit");
      }
      kept.appendBuffer(data);
      return;
    }
    begin();
    Progress progress = handshake.feed(data);
    if (progress.send().length() > 0) {
      browser.send(progress.send());
    }
    ahead = progress.rest();
  }

  /** What the browser has said after its handshake, to be asked for once. */
  Buffer takeAhead() {
    Buffer taken = ahead == null ? Buffer.buffer() : ahead;
    ahead = Buffer.buffer();
    return taken;
  }
}
