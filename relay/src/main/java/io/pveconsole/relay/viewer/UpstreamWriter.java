// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes to the guest and stops reading the browser while the guest's side is full. A write that
 * fails means that the tunnel breaks, which its close handler tells; the reason stands in the log.
 */
final class UpstreamWriter {

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamWriter.class);

  private final ConsoleTunnel tunnel;
  private final BrowserSocket browser;
  private boolean closing;

  UpstreamWriter(ConsoleTunnel tunnel, BrowserSocket browser) {
    this.tunnel = tunnel;
    this.browser = browser;
    tunnel.drainHandler(v -> browser.reading(true));
    tunnel.exceptionHandler(this::broken);
  }

  /**
   * Sends bytes.
   *
   * @return whether any were sent: none on a tunnel that is closed, or when there are none
   */
  boolean write(Buffer data) {
    if (data.length() == 0 || tunnel.closed()) {
      return false;
    }
    tunnel.write(data).onFailure(this::broken);
    if (tunnel.writeQueueFull()) {
      browser.reading(false);
    }
    return true;
  }

  /** Closes the guest's side; what breaks from then on is nobody's concern. */
  void close() {
    closing = true;
    tunnel.close().onFailure(this::broken);
  }

  /** Whether this side has closed it. */
  boolean isClosing() {
    return closing;
  }

  private void broken(Throwable thrown) {
    LOG.atLevel(closing ? Level.DEBUG : Level.INFO)
        .addKeyValue("error", thrown.toString())
        .log("the way to the guest broke");
  }
}
