// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch of the Lease that this replica renews every two seconds. When it tells of no renewal,
 * connections have died without a word (packets lost, no reset), and the watches of hosts and
 * sessions with them: fabric8 begins those anew after 5 to 10 minutes only, and tries a renewal for
 * minutes before it calls the Lease lost.
 */
final class LeaseWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final Runnable silent;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("lease-watch").daemon().factory());
  private final ScheduledFuture<?> next;
  private volatile @Nullable Watch watch;
  private volatile long heard;
  private boolean told;

  /**
   * Begins to watch.
   *
   * @param silent run once when nothing was heard for 20 seconds, on a thread of its own
   */
  LeaseWatch(KubernetesClient client, String namespace, String name, Runnable silent) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.silent = silent;
    this.next = looks.scheduleWithFixedDelay(this::look, 0, LOOK.toSeconds(), TimeUnit.SECONDS);
  }

  private void look() {
    if (watch == null) {
      open();
    } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
      LOG.atError()
          .log("the watch of the own Lease has fallen silent, and others may have: begin anew");
      next.cancel(false);
      silent.run();
    }
  }

  private void open() {
    heard = System.nanoTime();
    try {
      watch = client.leases().inNamespace(namespace).withName(name).watch(new Ears());
    } catch (KubernetesClientException e) {
      if (!told) {
        LOG.atWarn().addKeyValue("error", e.toString()).log("the own Lease cannot be watched");
      }
      told = true;
    }
  }

  private final class Ears implements Watcher<Lease> {
    @Override
    public void eventReceived(Action action, Lease lease) {
      heard = System.nanoTime();
    }

    @Override
    public void onClose(WatcherException cause) {
      watch = null;
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
    Watch open = watch;
    if (open != null) {
      open.close();
    }
  }
}
