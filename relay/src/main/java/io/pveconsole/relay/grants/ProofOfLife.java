// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.relay.host.HostStore;
import io.pveconsole.relay.host.HostView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether this relay still hears the truth: a watch on a dead connection reports nothing, so
 * the relay itself reads its host and, less often, lists its grants. Time is monotonic, and a read
 * proves nothing later than its beginning.
 */
public final class ProofOfLife {

  private static final Logger LOG = LoggerFactory.getLogger(ProofOfLife.class);
  private static final Duration DEFAULT_GRACE = Duration.ofMinutes(5);
  private static final Duration LATELY = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Sources sources;
  private final GrantRegistry registry;
  private final GrantWatch watch;
  private final LongSupplier nanoTime;
  private final Timing timing;
  private final Events events;
  private volatile long hostProof;
  private volatile long grantsProof;
  private volatile boolean hostRead;
  private volatile boolean grantsListed;
  private volatile boolean lost;

  /**
   * When what is done.
   *
   * @param readEvery between two reads of the host
   * @param listEvery between two lists of grants
   * @param retry after a failure, so that a few dead connections do not use up the grace
   * @param catchUp what a watch may need until it has brought what a list has shown
   */
  public record Timing(Duration readEvery, Duration listEvery, Duration retry, Duration catchUp) {

    /** As in a cluster. */
    public static final Timing PRODUCTION =
        new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));
  }

  /** What is read, and where the host's news go. */
  public record Sources(HostStore hosts, HostView view, GrantStore grants) {}

  /** Who is told; each call comes on the event loop. */
  public interface Events {

    /** There was no proof for the whole grace. */
    void lost();

    /** The watch does not bring the news that lists show. */
    void watchSilent();
  }

  public ProofOfLife(
      Vertx vertx,
      Sources sources,
      GrantRegistry registry,
      GrantWatch watch,
      LongSupplier nanoTime,
      Timing timing,
      Events events) {
    this.vertx = vertx;
    this.sources = sources;
    this.registry = registry;
    this.watch = watch;
    this.nanoTime = nanoTime;
    this.timing = timing;
    this.events = events;
    this.hostProof = nanoTime.getAsLong();
    this.grantsProof = hostProof;
  }

  /** Begins; must be called on the event loop that is to be used. */
  public void start() {
    readHost();
    listGrants();
    vertx.setPeriodic(timing.retry().toMillis(), id -> checkGrace());
  }

  /** Whether host and grants were read at least once. */
  public boolean isSynced() {
    return hostRead && grantsListed;
  }

  /** How much of what this relay knows may still be believed. Safe from any thread. */
  public Contact contact() {
    if (lost) {
      return Contact.LOST;
    }
    return isYoungerThan(LATELY) ? Contact.PROVEN : Contact.SILENT;
  }

  private boolean isYoungerThan(Duration limit) {
    return age().compareTo(limit) < 0;
  }

  /** How long ago the API server last proved to be there. */
  public Duration age() {
    return Duration.ofNanos(nanoTime.getAsLong() - hostProof);
  }

  private void readHost() {
    long began = nanoTime.getAsLong();
    sources
        .hosts()
        .read()
        .onComplete(
            (found, failure) -> {
              if (failure == null) {
                hostProof = began;
                hostRead = true;
                found.ifPresentOrElse(sources.view()::set, sources.view()::remove);
              } else {
                LOG.atDebug().addKeyValue("error", failure.toString()).log("cannot read the host");
              }
              Duration next = failure == null ? timing.readEvery() : timing.retry();
              vertx.setTimer(next.toMillis(), id -> readHost());
            });
  }

  private void listGrants() {
    long began = nanoTime.getAsLong();
    reconciled()
        .onComplete(
            (all, failure) -> {
              if (failure == null) {
                grantsProof = began;
                grantsListed = true;
                vertx.setTimer(timing.catchUp().toMillis(), id -> judgeWatch(all));
              }
              vertx.setTimer(nextList(failure).toMillis(), id -> listGrants());
            });
  }

  /** A list is dear to an API server that has trouble. */
  private Duration nextList(@Nullable Throwable failure) {
    if (failure == null) {
      return timing.listEvery();
    }
    return grantsListed ? timing.readEvery() : timing.retry();
  }

  private Future<List<Grant>> reconciled() {
    Set<String> known = registry.names();
    return sources
        .grants()
        .list()
        .onSuccess(all -> registry.reconcile(known, all))
        .onFailure(
            failure ->
                LOG.atDebug().addKeyValue("error", failure.toString()).log("cannot list grants"));
  }

  private void judgeWatch(List<Grant> listed) {
    if (watch.isBehind(listed)) {
      events.watchSilent();
      // What goes while the watch begins anew, it never tells: it is gone when the watch is back.
      vertx.setTimer(timing.catchUp().toMillis(), id -> reconciled());
    }
  }

  /** Grants unheard of are as bad as a host unheard of: a revoke would not come through. */
  private void checkGrace() {
    Duration grace =
        sources
            .view()
            .get()
            .map(host -> host.getSpec().sessionPolicy().controlPlaneGraceSeconds())
            .map(Duration::ofSeconds)
            .orElse(DEFAULT_GRACE);
    Duration listAge = Duration.ofNanos(nanoTime.getAsLong() - grantsProof);
    boolean before = lost;
    // Back only with a list of late: with an older one it could be lost again before the next.
    Duration listGrace = before ? timing.listEvery() : grace.plus(timing.listEvery());
    boolean over = !isYoungerThan(grace) || listAge.compareTo(listGrace) >= 0;
    // Known before consoles are closed: none begins in between and stays.
    lost = over;
    if (over && !before) {
      LOG.warn("the API server did not answer for the whole grace: closing all consoles");
      events.lost();
    } else if (before && !over) {
      LOG.info("the API server answers again");
    }
  }
}
