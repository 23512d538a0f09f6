// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import java.time.Duration;

/**
 * The waits of a Proxmox host that run by the machine's own time. Ages of tickets follow the
 * configured clock instead.
 *
 * @param unauthorizedDelay how long every 401 is held back, from the request's start
 * @param keepAliveIdle idle time after which a connection is closed, also before the first request
 * @param consoleWait how long a console's port waits for its connection
 * @param consoleIdle silence in both directions after which a console ends
 * @param vncPasswordLife life of a VNC password from the moment of connecting
 */
public record Timings(
    Duration unauthorizedDelay,
    Duration keepAliveIdle,
    Duration consoleWait,
    Duration consoleIdle,
    Duration vncPasswordLife) {

  /** The values of a real host. */
  public static Timings proxmox() {
    return new Timings(
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(15),
        Duration.ofSeconds(30));
  }

  /** The same with another delay of 401 answers. */
  public Timings withUnauthorizedDelay(Duration delay) {
    return new Timings(delay, keepAliveIdle, consoleWait, consoleIdle, vncPasswordLife);
  }

  /** The same with another wait for a console's connection. */
  public Timings withConsoleWait(Duration wait) {
    return new Timings(unauthorizedDelay, keepAliveIdle, wait, consoleIdle, vncPasswordLife);
  }

  /** The same with another limit of silence. */
  public Timings withConsoleIdle(Duration idle) {
    return new Timings(unauthorizedDelay, keepAliveIdle, consoleWait, idle, vncPasswordLife);
  }

  /** The same with another life of VNC passwords. */
  public Timings withVncPasswordLife(Duration life) {
    return new Timings(unauthorizedDelay, keepAliveIdle, consoleWait, consoleIdle, life);
  }

  /** The same with another idle time of connections. */
  public Timings withKeepAliveIdle(Duration idle) {
    return new Timings(unauthorizedDelay, idle, consoleWait, consoleIdle, vncPasswordLife);
  }
}
