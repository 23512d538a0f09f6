// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.pveconsole.relay.rfb.ClientFilter;
import io.pveconsole.relay.rfb.RfbException;
import io.pveconsole.relay.rfb.ServerInit;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RFB: handshake with the browser, then bytes down untouched and messages up through the filter.
 */
final class VncConsole implements Console {

  private static final Logger LOG = LoggerFactory.getLogger(VncConsole.class);

  private final ConsoleTunnel tunnel;
  private final Buffer first;
  private final BrowserSocket browser;
  private final Events events;
  private final ByteCounters counters;
  private final RfbGreeting greeting;
  private final ServerInit init = new ServerInit();
  private final ClientFilter filter;
  private final SlowBrowser slow;
  private final UpstreamWriter upstream;
  private final GuestPulse pulse;
  private final long keepAlive;
  private final long patience;
  private boolean spliced;
  private boolean held;
  private long silentTicks;
  private long handshakeTicks;

  /**
   * A display that has let the relay in.
   *
   * @param first what has come of ServerInit already
   * @param greeting the handshake with the browser, begun or not
   */
  VncConsole(
      ConsoleTunnel tunnel,
      Buffer first,
      BrowserSocket browser,
      RfbGreeting greeting,
      Policy policy,
      ByteCounters counters,
      ConsoleTimes times,
      Events events) {
    this.tunnel = tunnel;
    this.first = first;
    this.browser = browser;
    this.greeting = greeting;
    this.counters = counters;
    this.events = events;
    this.patience = times.ticks(times.stuck());
    this.slow = new SlowBrowser(browser, patience);
    this.keepAlive = times.ticks(times.keepAlive());
    this.upstream = new UpstreamWriter(tunnel, browser);
    this.pulse = new GuestPulse(tunnel, times);
    this.filter = new ClientFilter(policy.forClient(), browser::isBehind, events::input);
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
    greeting.begin();
    fromBrowser(Buffer.buffer());
  }

  /** From here on the guest's bytes go to the browser, and the browser's messages to the guest. */
  private void splice() {
    if (!greeting.isDone()) {
      return;
    }
    spliced = true;
    up(filter.feed(greeting.takeAhead()));
    if (first.length() > 0) {
      fromGuest(first);
      browser.flush();
    }
    tunnel.resume();
  }

  private void fromGuest(Buffer data) {
    silentTicks = 0;
    pulse.beat();
    if (!init.isComplete()) {
      init.feed(data);
    }
    counters.down().increment(data.length());
    browser.add(data);
    if (browser.isFull()) {
      held = true;
      tunnel.pause();
    }
  }

  @Override
  public void fromBrowser(Buffer data) {
    counters.up().increment(data.length());
    try {
      if (spliced) {
        up(filter.feed(data));
      } else {
        greeting.feed(data);
        splice();
      }
    } catch (RfbException e) {
      LOG.atInfo().addKeyValue("error", e.getMessage()).log("the browser broke the protocol");
      events.fail(CloseCode.PROTOCOL_ERROR, "ProtocolError");
    }
  }

  /** Only what is really sent breaks the silence; dropped input does not reach Proxmox. */
  private void up(Buffer data) {
    if (upstream.write(data)) {
      silentTicks = 0;
    }
  }

  @Override
  public void browserDrained() {
    if (held) {
      held = false;
      tunnel.resume();
    }
    up(filter.releaseRequests());
  }

  @Override
  public void policy(Policy policy) {
    up(filter.policy(policy.forClient()));
  }

  @Override
  public void resize(int columns, int rows) {
    LOG.debug("a screen has no columns");
  }

  @Override
  public void tick() {
    if (!spliced) {
      handshakeTicks++;
      if (handshakeTicks >= patience) {
        LOG.info("the browser does not begin to speak RFB");
        events.fail(CloseCode.PROTOCOL_ERROR, "ProtocolError");
      }
      return;
    }
    if (slow.isStuck()) {
      events.fail(CloseCode.SLOW_VIEWER, "SlowViewer");
      return;
    }
    if (!held && !upstream.isClosing() && pulse.isGone()) {
      upstream.close();
      events.lost();
      return;
    }
    silentTicks++;
    if (silentTicks >= keepAlive && init.isComplete()) {
      up(ClientFilter.keepAlive());
    }
  }

  @Override
  public void close() {
    if (upstream.isClosing()) {
      return;
    }
    up(filter.releaseInput());
    upstream.close();
  }
}
