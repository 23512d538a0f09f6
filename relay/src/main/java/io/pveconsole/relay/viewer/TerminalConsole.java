// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.pveconsole.relay.terminal.TerminalFrames;
import io.vertx.core.buffer.Buffer;

/**
 * A terminal: raw bytes to the browser, termproxy's frames to the guest. Reading is never paused,
 * since Proxmox would buffer without bound: a browser that stays behind is closed instead.
 */
final class TerminalConsole implements Console {

  private static final long BEHIND_BYTES = 1024 * 1024;

  private final ConsoleTunnel tunnel;
  private final Buffer first;
  private final BrowserSocket browser;
  private final ByteCounters counters;
  private final Events events;
  private final UpstreamWriter upstream;
  private final GuestPulse pulse;
  private final long pingTicks;
  private final long behindLimit;
  private boolean viewOnly;
  private long ticks;
  private long behindTicks;

  /**
   * A terminal whose login is done.
   *
   * @param first output that came with the answer to the login
   */
  TerminalConsole(
      ConsoleTunnel tunnel,
      Buffer first,
      BrowserSocket browser,
      Policy policy,
      ByteCounters counters,
      ConsoleTimes times,
      Events events) {
    this.tunnel = tunnel;
    this.first = first;
    this.browser = browser;
    this.viewOnly = policy.viewOnly();
    this.counters = counters;
    this.events = events;
    this.upstream = new UpstreamWriter(tunnel, browser);
    this.pulse = new GuestPulse(tunnel, times);
    this.pingTicks = times.ticks(times.terminalPing());
    this.behindLimit = times.ticks(times.behind());
  }

  @Override
  public void start() {
    tunnel.handler(this::fromGuest);
    tunnel.batchHandler(v -> browser.flush());
    tunnel.closeHandler(
        v -> {
          if (!upstream.isClosing()) {
            events.lost();
          }
        });
    if (first.length() > 0) {
      fromGuest(first);
      browser.flush();
    }
    tunnel.resume();
  }

  private void fromGuest(Buffer data) {
    pulse.beat();
    counters.down().increment(data.length());
    browser.add(data);
    if (browser.isFlooded()) {
      events.fail(CloseCode.SLOW_VIEWER, "SlowViewer");
    }
  }

  @Override
  public void fromBrowser(Buffer data) {
    if (data.length() == 0) {
      return;
    }
    counters.up().increment(data.length());
    events.input();
    if (!viewOnly) {
      upstream.write(TerminalFrames.input(data));
    }
  }

  @Override
  public void resize(int columns, int rows) {
    upstream.write(TerminalFrames.resize(columns, rows));
  }

  @Override
  public void browserDrained() {
    behindTicks = 0;
  }

  @Override
  public void policy(Policy policy) {
    viewOnly = policy.viewOnly();
  }

  @Override
  public void tick() {
    behindTicks = browser.queuedBytes() > BEHIND_BYTES ? behindTicks + 1 : 0;
    if (behindTicks >= behindLimit) {
      events.fail(CloseCode.SLOW_VIEWER, "SlowViewer");
      return;
    }
    if (!upstream.isClosing() && pulse.isGone()) {
      upstream.close();
      events.lost();
      return;
    }
    ticks++;
    if (ticks % pingTicks == 0) {
      upstream.write(TerminalFrames.ping());
    }
  }

  @Override
  public void close() {
    if (upstream.isClosing()) {
      return;
    }
    upstream.close();
  }
}
