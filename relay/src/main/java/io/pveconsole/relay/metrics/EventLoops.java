// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.metrics;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/** Measures on each event loop how late a timer comes: all consoles of that loop waited as long. */
public final class EventLoops {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private EventLoops() {}

  /**
   * Begins to measure.
   *
   * @param count how many event loops there are: probes are dealt out one to each in turn
   * @param lag is told of each measurement, on the event loop
   */
  public static Future<String> measure(Vertx vertx, int count, Consumer<Duration> lag) {
    return vertx.deployVerticle(() -> new Probe(lag), new DeploymentOptions().setInstances(count));
  }

  private static final class Probe extends AbstractVerticle {
    private final Consumer<Duration> lag;

    Probe(Consumer<Duration> lag) {
      this.lag = lag;
    }

    @Override
    public void start() {
      await();
    }

    private void await() {
      long due = System.nanoTime() + EVERY.toNanos();
      vertx.setTimer(
          EVERY.toMillis(),
          id -> {
            lag.accept(Duration.ofNanos(Math.max(0, System.nanoTime() - due)));
            await();
          });
    }
  }
}
