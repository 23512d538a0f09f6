// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

/** Notices that a browser has stopped taking what is sent to it. */
final class SlowBrowser {

  private static final int PATIENCE_SECONDS = 30;
  private static final long PROGRESS_BYTES = 64 * 1024;

  private final BrowserSocket browser;
  private long takenBefore;
  private int seconds;

  SlowBrowser(BrowserSocket browser) {
    this.browser = browser;
  }

  /** To be asked once a second: whether much is queued and too little of it has gone for 30 s. */
  boolean isStuck() {
    if (!browser.isBehind() || browser.takenBytes() - takenBefore >= PROGRESS_BYTES) {
      takenBefore = browser.takenBytes();
      seconds = 0;
      return false;
    }
    seconds++;
    return seconds >= PATIENCE_SECONDS;
  }
}
