// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.relay.host.HostStore;
import io.pveconsole.relay.host.HostView;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether this relay still hears the truth: a watch on a dead connection reports nothing, so
 * the relay itself reads its host and, less often, lists its grants. Time is monotonic.
 */
public final class ProofOfLife {

  private static final Logger LOG = LoggerFactory.getLogger(ProofOfLife.class);
  private static final Duration READ_EVERY = Duration.ofSeconds(10);
  private static final Duration LIST_EVERY = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration DEFAULT_GRACE = Duration.ofMinutes(5);

  private final Vertx vertx;
  private final HostStore hosts;
  private final HostView view;
  private final GrantStore grants;
  private final GrantRegistry registry;
  private final LongSupplier nanoTime;
  private final Events events;
  private volatile long lastProof;
  private volatile boolean hostRead;
  private volatile boolean grantsListed;
  private boolean lost;
  private int silentRounds;

  /** Who is told; each call comes on the event loop. */
  public interface Events {

    /** There was no proof for the whole grace. */
    void lost();

    /** News came by list that the watch has not brought, twice in a row. */
    void watchSilent();
  }

  public ProofOfLife(
      Vertx vertx,
      HostStore hosts,
      HostView view,
      GrantStore grants,
      GrantRegistry registry,
      LongSupplier nanoTime,
      Events events) {
    this.vertx = vertx;
    this.hosts = hosts;
    this.view = view;
    this.grants = grants;
    this.registry = registry;
    this.nanoTime = nanoTime;
    this.events = events;
    this.lastProof = nanoTime.getAsLong();
  }

  /** Begins; must be called on the event loop that is to be used. */
  public void start() {
    readHost();
    listGrants();
    vertx.setPeriodic(RETRY.toMillis(), id -> checkGrace());
  }

  /** Whether host and grants were read at least once. */
  public boolean isSynced() {
    return hostRead && grantsListed;
  }

  /** Whether the last proof is younger than that. */
  public boolean isYoungerThan(Duration age) {
    return nanoTime.getAsLong() - lastProof < age.toNanos();
  }

  private void readHost() {
    hosts
        .read()
        .onComplete(
            (found, failure) -> {
              if (failure == null) {
                lastProof = nanoTime.getAsLong();
                lost = false;
                hostRead = true;
                found.ifPresentOrElse(view::set, view::remove);
              } else {
                LOG.atDebug().addKeyValue("error", failure.toString()).log("cannot read the host");
              }
              vertx.setTimer((hostRead ? READ_EVERY : RETRY).toMillis(), id -> readHost());
            });
  }

  private void listGrants() {
    grants
        .list()
        .onComplete(
            (all, failure) -> {
              if (failure == null) {
                compare(registry.reconcile(all));
              } else {
                LOG.atDebug().addKeyValue("error", failure.toString()).log("cannot list grants");
              }
              vertx.setTimer((grantsListed ? LIST_EVERY : RETRY).toMillis(), id -> listGrants());
            });
  }

  private void compare(int differences) {
    silentRounds = grantsListed && differences > 0 ? silentRounds + 1 : 0;
    grantsListed = true;
    if (silentRounds >= 2) {
      silentRounds = 0;
      events.watchSilent();
    }
  }

  private void checkGrace() {
    Duration grace =
        view.get()
            .map(host -> host.getSpec().sessionPolicy().controlPlaneGraceSeconds())
            .map(Duration::ofSeconds)
            .orElse(DEFAULT_GRACE);
    if (!lost && !isYoungerThan(grace)) {
      lost = true;
      LOG.warn("the API server did not answer for the whole grace: closing all consoles");
      events.lost();
    }
  }
}
