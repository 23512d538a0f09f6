// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.pveconsole.relay.terminal.TerminalFrames;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal: raw bytes to the browser, termproxy's frames to the guest. Reading is never paused,
 * since Proxmox would buffer without bound: a browser that stays behind is closed instead.
 */
final class TerminalConsole implements Console {

  private static final Logger LOG = LoggerFactory.getLogger(TerminalConsole.class);
  private static final long BEHIND_BYTES = 1024 * 1024;
  private static final long MOST_BYTES = 8 * BEHIND_BYTES;
  private static final int BEHIND_SECONDS = 5;
  private static final int PING_SECONDS = 30;

  private final ConsoleTunnel tunnel;
  private final Buffer first;
  private final BrowserSocket browser;
  private final ByteCounters counters;
  private final Events events;
  private boolean viewOnly;
  private boolean closed;
  private int seconds;
  private int behindSeconds;

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
      Events events) {
    this.tunnel = tunnel;
    this.first = first;
    this.browser = browser;
    this.viewOnly = policy.viewOnly();
    this.counters = counters;
    this.events = events;
  }

  @Override
  public void start() {
    tunnel.handler(this::fromGuest);
    tunnel.drainHandler(v -> browser.reading(true));
    tunnel.exceptionHandler(
        thrown -> LOG.atDebug().addKeyValue("error", thrown.toString()).log("upstream"));
    tunnel.closeHandler(
        v -> {
          if (!closed) {
            events.lost();
          }
        });
    if (first.length() > 0) {
      fromGuest(first);
    }
    tunnel.resume();
  }

  private void fromGuest(Buffer data) {
    counters.down().increment(data.length());
    browser.send(data);
    if (browser.queuedBytes() > MOST_BYTES) {
      events.fail(CloseCode.SLOW_VIEWER, "SlowViewer");
    }
  }

  @Override
  public void fromBrowser(Buffer data) {
    counters.up().increment(data.length());
    events.input();
    if (!viewOnly && data.length() > 0) {
      upstream(TerminalFrames.input(data));
    }
  }

  @Override
  public void resize(int columns, int rows) {
    upstream(TerminalFrames.resize(columns, rows));
  }

  private void upstream(Buffer data) {
    if (tunnel.closed()) {
      return;
    }
    tunnel
        .write(data)
        .onFailure(thrown -> LOG.atDebug().addKeyValue("error", thrown.toString()).log("upstream"));
    if (tunnel.writeQueueFull()) {
      browser.reading(false);
    }
  }

  @Override
  public void browserDrained() {
    behindSeconds = 0;
  }

  @Override
  public void policy(Policy policy) {
    viewOnly = policy.viewOnly();
  }

  @Override
  public void tick() {
    behindSeconds = browser.queuedBytes() > BEHIND_BYTES ? behindSeconds + 1 : 0;
    if (behindSeconds >= BEHIND_SECONDS) {
      events.fail(CloseCode.SLOW_VIEWER, "SlowViewer");
      return;
    }
    seconds++;
    if (seconds % PING_SECONDS == 0) {
      upstream(TerminalFrames.ping());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    tunnel
        .close()
        .onFailure(thrown -> LOG.atDebug().addKeyValue("error", thrown.toString()).log("upstream"));
  }
}
