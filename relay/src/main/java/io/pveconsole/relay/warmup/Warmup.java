// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens consoles over loopback before the first person does: a JVM runs code for the first time
 * slowly, by a second and more for all that one console needs. It can only help: what goes wrong is
 * logged, and the relay becomes ready without it.
 */
public final class Warmup {

  private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);

  private static final int LANES = 4;
  private static final int PORTS = 2;

  private final Vertx vertx;
  private final Blocking blocking;
  private final Path tmpDir;
  private final Way way;
  private final Duration limit;

  /**
   * How the relay serves.
   *
   * @param tls whether it speaks TLS to browsers itself
   */
  public record Way(TlsEngine engine, ConsoleTimes times, boolean tls) {}

  /**
   * A warm-up for one way of serving.
   *
   * @param tmpDir where small files may be written
   * @param limit how long it may take
   */
  public Warmup(Vertx vertx, Blocking blocking, Path tmpDir, Way way, Duration limit) {
    this.vertx = vertx;
    this.blocking = blocking;
    this.tmpDir = tmpDir;
    this.way = way;
    this.limit = limit;
  }

  /**
   * Opens so many consoles, or as many as there is time for; completes with how many were seen, and
   * never fails.
   */
  public Future<Integer> run(int rounds) {
    if (rounds == 0) {
      return Future.succeededFuture(0);
    }
    long began = System.nanoTime();
    Run run = new Run(rounds);
    long timer = vertx.setTimer(limit.toMillis(), id -> run.end());
    Loopback.open(vertx, blocking, tmpDir, way, PORTS).onSuccess(run::begin).onFailure(run::failed);
    return run.done
        .future()
        .map(
            v -> {
              vertx.cancelTimer(timer);
              LOG.atInfo()
                  .addKeyValue("rounds", run.seen.get())
                  .addKeyValue("ms", Duration.ofNanos(System.nanoTime() - began).toMillis())
                  .log("warmed up");
              return run.seen.get();
            });
  }

  /** One warm-up under way, in some lanes at once. */
  private static final class Run {
    private final Promise<Void> done = Promise.promise();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger left;
    private volatile boolean over;

    Run(int rounds) {
      this.left = new AtomicInteger(rounds);
    }

    void begin(Loopback loopback) {
      List<Future<Void>> lanes = new ArrayList<>();
      for (int i = 0; i < LANES; i++) {
        lanes.add(next(loopback));
      }
      Future.join(lanes)
          .onFailure(this::failed)
          .eventually(loopback::close)
          .onComplete((all, failure) -> end());
    }

    private Future<Void> next(Loopback loopback) {
      return over || left.getAndDecrement() <= 0
          ? Future.succeededFuture()
          : loopback
              .round()
              .compose(
                  v -> {
                    seen.incrementAndGet();
                    return next(loopback);
                  });
    }

    void failed(Throwable thrown) {
      LOG.atWarn()
          .addKeyValue("rounds", seen.get())
          .addKeyValue("error", thrown.toString())
          .log("the warm-up failed: the first consoles will be slow");
      end();
    }

    void end() {
      over = true;
      done.tryComplete();
    }
  }
}
