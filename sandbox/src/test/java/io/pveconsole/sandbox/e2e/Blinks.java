// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.time.Duration;

/**
 * Counts how often, and for how long, a page's console was away; the page itself keeps the book.
 */
record Blinks(long count, Duration away) {
  private static final String WATCH =
      """
      const root = document.documentElement;
      const book = { count: 0, away: 0, since: 0 };
      window.blinks = book;
      new MutationObserver(() => {
        const on = root.dataset.state === 'connected';
        if (!on && !book.since) { book.since = performance.now(); book.count += 1; }
        if (on && book.since) { book.away += performance.now() - book.since; book.since = 0; }
      }).observe(root, { attributes: true, attributeFilter: ['data-state'] });
      """;

  /** Starts to count in a page that is connected and will not be loaded again. */
  static void watch(Browser browser) {
    browser.script(WATCH);
  }

  static Blinks of(Browser browser) {
    Object count = browser.script("return window.blinks.count");
    Object away =
        browser.script(
            "const b = window.blinks;"
                + " return Math.round(b.away + (b.since ? performance.now() - b.since : 0))");
    return new Blinks((Long) count, Duration.ofMillis((Long) away));
  }
}
