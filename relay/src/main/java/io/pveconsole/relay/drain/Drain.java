// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.drain;

import io.pveconsole.relay.grants.GrantWriter;
import io.pveconsole.relay.management.Readiness;
import io.pveconsole.relay.viewer.CloseCode;
import io.pveconsole.relay.viewer.Viewers;
import io.vertx.core.Future;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops without hurting: no new consoles, then closes spread over the drain time. */
public final class Drain {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final String REASON = "RelayRestarting";

  private final Readiness readiness;
  private final Viewers viewers;
  private final GrantWriter writer;

  public Drain(Readiness readiness, Viewers viewers, GrantWriter writer) {
    this.readiness = readiness;
    this.viewers = viewers;
    this.writer = writer;
  }

  /**
   * Closes all consoles; completes when that is done and what they had to write is written. A
   * console that was just being let in is closed last.
   */
  public Future<Void> run(Duration spread) {
    readiness.stopping();
    LOG.atInfo()
        .addKeyValue("viewers", viewers.size())
        .addKeyValue("seconds", spread.toSeconds())
        .log("stopping");
    return viewers
        .closeAll(CloseCode.RELAY_RESTARTING, REASON, spread)
        .compose(v -> viewers.closeAll(CloseCode.RELAY_RESTARTING, REASON, Duration.ZERO))
        .onSuccess(v -> viewers.departNow())
        .compose(v -> writer.settled());
  }
}
