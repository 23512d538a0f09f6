// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease that lets one replica work at a time. Who loses it exits, since another replica works
 * then, and so does who hears no more of it; who stops gives it back, so that the other need not
 * wait until it has run out.
 */
public final class Leadership {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final String LEASE = "pveconsole-operator";
  private static final Duration RELEASE = Duration.ofSeconds(5);

  private final String identity = UUID.randomUUID().toString();
  private final KubernetesClient client;
  private final Runnable lost;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable String leadingIn;
  private volatile @Nullable LeaseWatch watch;
  private volatile boolean stopping;

  /**
   * For one operator.
   *
   * @param client must be usable until the operator has stopped
   * @param lost run when the Lease is lost, or nothing is heard of it, on a thread of neither
   *     caller
   */
  public Leadership(KubernetesClient client, Runnable lost) {
    this.client = client;
    this.lost = lost;
  }

  LeaderElectionConfiguration configuration(String namespace) {
    return new LeaderElectionConfiguration(
        LEASE,
        namespace,
        LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
        LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
        LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
        identity,
        new LeaderCallbacks(() -> begun(namespace), this::ended, leader -> {}),
        false);
  }

  /** Stops the operator, and then gives the Lease back: nobody works while somebody else may. */
  public void stop(Operator operator) {
    stopping = true;
    LeaseWatch own = watch;
    if (own != null) {
      own.close();
    }
    operator.stop();
    String namespace = leadingIn;
    if (namespace == null) {
      return;
    }
    try {
      if (ended.await(RELEASE.toSeconds(), TimeUnit.SECONDS)) {
        release(namespace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addKeyValue("status", e.getCode())
          .log("the Lease could not be given back; it runs out by itself");
    }
  }

  /** The framework does not do it. */
  private void release(String namespace) {
    var leases = client.leases().inNamespace(namespace);
    Lease lease = leases.withName(LEASE).get();
    if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
      leases
          .resource(
              lease
                  .edit()
                  .editSpec()
                  .withHolderIdentity("")
                  .withLeaseDurationSeconds(1)
                  .endSpec()
                  .build())
          .update();
    }
  }

  private void begun(String namespace) {
    leadingIn = namespace;
    watch = new LeaseWatch(client, namespace, LEASE, lost);
  }

  private void ended() {
    ended.countDown();
    if (!stopping) {
      LOG.atError().log("the Lease was lost: another replica may work now, so this one exits");
      lost.run();
    }
  }
}
