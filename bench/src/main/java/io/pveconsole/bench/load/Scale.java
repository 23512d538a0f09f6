// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import java.time.Duration;

/**
 * How much of everything.
 *
 * @param time of each measurement
 * @param warm how long consoles are opened, and then watched, before anything is measured
 * @param clients who open consoles one after the other
 * @param people who type at the same time
 * @param idle silent consoles
 * @param slow readers who take little
 * @param sample between two samples of the mixed load
 */
public record Scale(
    Duration time, Duration warm, int clients, int people, int idle, int slow, Duration sample) {

  /** What is measured where nothing else is asked for. */
  public static final Scale USUAL =
      new Scale(
          Duration.ofSeconds(10), Duration.ofSeconds(6), 4, 8, 500, 100, Duration.ofSeconds(10));

  Scale withTime(Duration given) {
    return new Scale(given, warm, clients, people, idle, slow, sample);
  }

  Scale withWarm(Duration given) {
    return new Scale(time, given, clients, people, idle, slow, sample);
  }

  Scale withIdle(int given) {
    return new Scale(time, warm, clients, people, given, slow, sample);
  }
}
