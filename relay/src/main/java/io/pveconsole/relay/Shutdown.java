// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGTERM begins: all consoles are closed over the drain time, then the process ends with 0. A
 * second SIGTERM changes nothing. The pod's grace is the drain time and 15 s, so that SIGKILL never
 * comes first.
 */
final class Shutdown implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
  private static final Duration AFTER_DRAIN = Duration.ofSeconds(10);
  private static final Duration SOCKETS = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Relay relay;

  Shutdown(Vertx vertx, Relay relay) {
    this.vertx = vertx;
    this.relay = relay;
  }

  @Override
  public void run() {
    boolean drained = await(relay.drain(), relay.drainTime().plus(AFTER_DRAIN));
    await(vertx.close(), SOCKETS);
    LOG.atInfo().addKeyValue("drained", drained).log("stopped");
    Runtime.getRuntime().halt(0);
  }

  private static boolean await(Future<?> work, Duration limit) {
    CountDownLatch done = new CountDownLatch(1);
    work.onComplete((result, failure) -> done.countDown());
    try {
      return done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
