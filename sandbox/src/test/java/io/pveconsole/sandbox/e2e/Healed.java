// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;

/** Prints how long something took to heal, and bounds it. */
final class Healed {
  private Healed() {}

  /**
   * One line of the test's output.
   *
   * @param start nanoTime when it was broken
   */
  static void after(String what, long start, Duration limit) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(Locale.ROOT, "healed after %s: %.1f s%n", what, took.toMillis() / 1000.0);
    assertThat(took).as(what).isLessThan(Patience.of(limit));
  }
}
