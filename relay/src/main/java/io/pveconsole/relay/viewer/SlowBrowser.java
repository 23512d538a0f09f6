// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

/** Notices that a browser has stopped taking what is sent to it. */
final class SlowBrowser {

  private static final long PROGRESS_BYTES = 64 * 1024;

  private final BrowserSocket browser;
  private final long patience;
  private long takenBefore;
  private long ticks;

  /**
   * A watch over one browser.
   *
   * @param patience how many ticks without progress are too many
   */
  SlowBrowser(BrowserSocket browser, long patience) {
    this.browser = browser;
    this.patience = patience;
  }

  /** To be asked each tick: whether much is queued and too little of it has gone for long. */
  boolean isStuck() {
    if (!browser.isBehind() || browser.takenBytes() - takenBefore >= PROGRESS_BYTES) {
      takenBefore = browser.takenBytes();
      ticks = 0;
      return false;
    }
    ticks++;
    return ticks >= patience;
  }
}
