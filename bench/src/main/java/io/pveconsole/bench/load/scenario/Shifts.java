// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.site.Site;
import java.io.IOException;
import java.time.Duration;

/** Lets people come, stay for a while and leave, again and again until the end. */
final class Shifts {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Site site;
  private final Duration length;
  private final long end;

  /** What people do between coming and leaving. */
  interface Work {
    /** Comes, waits, leaves. */
    void until(Until until) throws IOException, InterruptedException;
  }

  /** The end of a shift. */
  interface Until {
    /** Returns at the end. */
    void await() throws InterruptedException;
  }

  /**
   * Shifts of a length.
   *
   * @param end as {@link System#nanoTime()} has it
   */
  Shifts(Site site, Duration length, long end) {
    this.site = site;
    this.length = length;
    this.end = end;
  }

  /** Returns at the end of all; what fails is a trouble, and the next shift begins. */
  void repeat(Work work) {
    try {
      while (System.nanoTime() < end) {
        try {
          work.until(this::shift);
        } catch (IOException e) {
          site.troubles().add(String.valueOf(e.getMessage()));
          Thread.sleep(AFTER_FAILURE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shift() throws InterruptedException {
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    Thread.sleep(left.compareTo(length) < 0 ? left : length);
  }
}
