// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.time.Duration;

/**
 * How long each step may take.
 *
 * @param dns one name look-up
 * @param connect TCP and TLS together, for one address
 * @param request one API request from the first byte sent to the last received; Proxmox holds back
 *     every refused login for 3 s and gives its own hops 30 s
 * @param handshake the vncwebsocket upgrade, which Proxmox may never answer when the port is gone
 * @param turn how long one open may hold a guest's only VNC password
 */
public record TimeLimits(
    Duration dns, Duration connect, Duration request, Duration handshake, Duration turn) {

  /** What suits a healthy cluster. */
  public static final TimeLimits DEFAULT =
      new TimeLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));
}
