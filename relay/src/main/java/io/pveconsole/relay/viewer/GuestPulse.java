// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.proxmox.ConsoleTunnel;

/**
 * Notices a Proxmox that is gone without a word, as after a power cut: a screen that stands still
 * is silent too, and TCP alone may take a quarter of an hour. Belongs to one event loop.
 */
final class GuestPulse {

  private final ConsoleTunnel tunnel;
  private final long period;
  private final int most;
  private long silentTicks;

  GuestPulse(ConsoleTunnel tunnel, ConsoleTimes times) {
    this.tunnel = tunnel;
    this.period = times.ticks(times.ping());
    this.most = times.silentPings();
    tunnel.pongHandler(v -> beat());
  }

  /** Something came. */
  void beat() {
    silentTicks = 0;
  }

  /**
   * Asks for a sign of life where there was none for a while. Must not be called while the tunnel
   * is paused, since then nobody listens.
   *
   * @return whether Proxmox has left all of the pings without an answer
   */
  boolean isGone() {
    silentTicks++;
    if (silentTicks > period * (most + 1)) {
      return true;
    }
    if (silentTicks % period == 0) {
      tunnel.ping();
    }
    return false;
  }
}
