// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.drain;

import io.pveconsole.relay.management.Readiness;
import io.pveconsole.relay.viewer.CloseCode;
import io.pveconsole.relay.viewer.Viewers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops without hurting: no new consoles, then closes spread over the drain time. */
public final class Drain {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration LAST_WRITES = Duration.ofSeconds(1);
  private static final long STEP_MILLIS = 50;

  private final Readiness readiness;
  private final Viewers viewers;

  public Drain(Readiness readiness, Viewers viewers) {
    this.readiness = readiness;
    this.viewers = viewers;
  }

  /** Blocks until all consoles are closed, a little longer than the given time at most. */
  public void run(Duration spread) throws InterruptedException {
    readiness.stopping();
    int count = viewers.size();
    LOG.atInfo().addKeyValue("viewers", count).log("stopping");
    if (count == 0) {
      return;
    }
    viewers.closeAll(CloseCode.RELAY_RESTARTING, "RelayRestarting", spread);
    long deadline = System.nanoTime() + spread.plus(LAST_WRITES).toNanos();
    while (viewers.size() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(STEP_MILLIS);
    }
    Thread.sleep(LAST_WRITES.toMillis());
  }
}
