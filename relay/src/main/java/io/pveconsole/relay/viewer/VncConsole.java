// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.pveconsole.relay.rfb.BrowserHandshake;
import io.pveconsole.relay.rfb.ClientFilter;
import io.pveconsole.relay.rfb.Progress;
import io.pveconsole.relay.rfb.RfbException;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RFB: handshake with the browser, then bytes down untouched and messages up through the filter.
 */
final class VncConsole implements Console {

  private static final Logger LOG = LoggerFactory.getLogger(VncConsole.class);
  private static final long PAUSE_BYTES = 1024 * 1024;
  private static final int KEEP_ALIVE_SECONDS = 5 * 60;
  private static final int MIN_SERVER_INIT = 24;

  private final ConsoleTunnel tunnel;
  private final BrowserSocket browser;
  private final Events events;
  private final ByteCounters counters;
  private final BrowserHandshake handshake = new BrowserHandshake();
  private final ClientFilter filter;
  private final SlowBrowser slow;
  private boolean spliced;
  private boolean paused;
  private boolean closed;
  private long received;
  private int silentSeconds;

  VncConsole(
      ConsoleTunnel tunnel,
      BrowserSocket browser,
      Policy policy,
      ByteCounters counters,
      Events events) {
    this.tunnel = tunnel;
    this.browser = browser;
    this.counters = counters;
    this.events = events;
    this.slow = new SlowBrowser(browser);
    this.filter = new ClientFilter(policy.forClient(), browser::isBehind, events::input);
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
    browser.send(handshake.banner());
  }

  private void fromGuest(Buffer data) {
    silentSeconds = 0;
    received += data.length();
    counters.down().increment(data.length());
    browser.send(data);
    if (!paused && browser.queuedBytes() > PAUSE_BYTES) {
      paused = true;
      tunnel.pause();
    }
  }

  @Override
  public void fromBrowser(Buffer data) {
    silentSeconds = 0;
    counters.up().increment(data.length());
    try {
      if (spliced) {
        upstream(filter.feed(data));
        return;
      }
      Progress progress = handshake.feed(data);
      if (progress.send().length() > 0) {
        browser.send(progress.send());
      }
      Buffer rest = progress.rest();
      if (rest != null) {
        spliced = true;
        upstream(Buffer.buffer(new byte[] {1}).appendBuffer(filter.feed(rest)));
        tunnel.resume();
      }
    } catch (RfbException e) {
      LOG.atInfo().addKeyValue("error", e.getMessage()).log("the browser broke the protocol");
      events.fail(CloseCode.PROTOCOL_ERROR, "ProtocolError");
    }
  }

  private void upstream(Buffer data) {
    if (data.length() == 0 || tunnel.closed()) {
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
    if (paused) {
      paused = false;
      tunnel.resume();
    }
    upstream(filter.releaseRequests());
  }

  @Override
  public void policy(Policy policy) {
    upstream(filter.policy(policy.forClient()));
  }

  @Override
  public void resize(int columns, int rows) {
    LOG.debug("a screen has no columns");
  }

  @Override
  public void tick() {
    if (slow.isStuck()) {
      events.fail(CloseCode.SLOW_VIEWER, "SlowViewer");
      return;
    }
    silentSeconds++;
    if (silentSeconds >= KEEP_ALIVE_SECONDS && received >= MIN_SERVER_INIT) {
      silentSeconds = 0;
      upstream(ClientFilter.keepAlive());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    upstream(filter.releaseInput());
    closed = true;
    tunnel
        .close()
        .onFailure(thrown -> LOG.atDebug().addKeyValue("error", thrown.toString()).log("upstream"));
  }
}
