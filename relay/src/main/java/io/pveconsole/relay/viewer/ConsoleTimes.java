// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import java.time.Duration;

/**
 * How long consoles wait for what. Tests make them short; everything else is {@link #standard()}.
 *
 * @param tick how often an open console looks at its clocks
 * @param keepAlive silence after which the guest is asked for one pixel; Proxmox ends a silent
 *     console after 15 minutes
 * @param terminalPing how often termproxy is pinged, as xterm.js of Proxmox does
 * @param ping how often browser and Proxmox are pinged; proxies cut silent connections after 60 s
 * @param silentPings how many pings may stay unanswered
 * @param stuck how long a browser may take next to nothing of a screen that waits for it
 * @param behind how long a browser may stay behind a terminal
 */
public record ConsoleTimes(
    Duration tick,
    Duration keepAlive,
    Duration terminalPing,
    Duration ping,
    int silentPings,
    Duration stuck,
    Duration behind) {

  /** The times of production. */
  public static ConsoleTimes standard() {
    return new ConsoleTimes(
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        2,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  /** How many ticks a time takes, at least one. */
  long ticks(Duration time) {
    return Math.max(1, time.dividedBy(tick));
  }
}
