// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.metrics.RelayMetrics;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices {@code X-Forwarded-For} from peers that are no trusted proxies: mostly a proxy that the
 * host does not name, at times a lie. Counts all and says it once.
 */
final class ForwardedHeaders {

  private static final Logger LOG = LoggerFactory.getLogger(ForwardedHeaders.class);

  private final RelayMetrics metrics;
  private final AtomicBoolean said = new AtomicBoolean();

  ForwardedHeaders(RelayMetrics metrics) {
    this.metrics = metrics;
  }

  /** The host has changed: what was said may not hold any more. */
  void sayAgain() {
    said.set(false);
  }

  void seen(ClientAddress address) {
    if (address.source() != ClientAddress.Source.PEER_DESPITE_HEADER) {
      return;
    }
    metrics.count("forwarded.headers", "Ignored");
    if (said.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("peer", address.text())
          .log(
              "X-Forwarded-For is ignored: it is malformed or its sender is not in"
                  + " spec.exposure.trustedProxies of the ProxmoxHost; if that is your ingress"
                  + " controller, name its network there, so that the audit log shows browsers'"
                  + " addresses");
    }
  }
}
