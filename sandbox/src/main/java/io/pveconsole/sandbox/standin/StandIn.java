// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.sandbox.api.KubernetesApi;
import io.pveconsole.sandbox.process.ChildProcess;
import io.pveconsole.sandbox.process.ChildProcesses;
import io.pveconsole.sandbox.process.Ports;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stand-in for controller-manager and kubelet: runs the pods of relay Deployments as processes of
 * this machine and writes the statuses that those would write. All work is done by one thread,
 * which looks at everything when something has changed and some times a second.
 */
public final class StandIn implements AutoCloseable {

  static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("sandbox-stand-in")
          .withForce(true)
          .build();

  private static final Logger LOG = LoggerFactory.getLogger(StandIn.class);
  private static final Map<String, String> RELAYS =
      Map.of("app.kubernetes.io/managed-by", "pveconsole", "app.kubernetes.io/component", "relay");
  private static final int TURN_MILLIS = 100;

  private final Semaphore changes = new Semaphore(0);
  private final ClusterView view;
  private final PodServices services;
  private final PodStatusWriter podStatus;
  private final DeploymentStatusWriter deploymentStatus;
  private final Map<String, RelaySet> sets = new HashMap<>();
  private final Thread thread;
  private volatile boolean ending;

  private StandIn(
      KubernetesApi api,
      ChildProcesses children,
      Ports ports,
      List<String> program,
      Path directory,
      Consumer<String> notices) {
    KubernetesClient client = api.client();
    Clock clock = Clock.systemUTC();
    this.view = new ClusterView(client, RELAYS, changes::release);
    this.services =
        new PodServices(
            api,
            children,
            ports,
            program,
            directory,
            view,
            view,
            HttpClient.newHttpClient(),
            clock,
            notices);
    this.podStatus = new PodStatusWriter(client, clock);
    this.deploymentStatus = new DeploymentStatusWriter(client, clock);
    this.thread = new Thread(this::work, "stand-in");
  }

  /**
   * Starts it.
   *
   * @param program command that stands for a relay's image
   * @param directory for the pods' files
   * @param notices gets lines for the person at the terminal
   */
  public static StandIn start(
      KubernetesApi api,
      ChildProcesses children,
      Ports ports,
      List<String> program,
      Path directory,
      Consumer<String> notices) {
    StandIn standIn = new StandIn(api, children, ports, program, directory, notices);
    standIn.thread.start();
    return standIn;
  }

  private void work() {
    try {
      while (!ending) {
        if (changes.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
          changes.drainPermits();
        }
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() {
    Set<String> present = new HashSet<>();
    Set<String> deletedPods = view.deletedPods();
    for (Deployment deployment : view.deployments()) {
      if (deployment.isMarkedForDeletion()) {
        continue;
      }
      String uid = deployment.getMetadata().getUid();
      present.add(uid);
      RelaySet set = sets.computeIfAbsent(uid, key -> new RelaySet(services, podStatus));
      attempt(
          deployment.getMetadata().getName(),
          () -> deploymentStatus.write(deployment, set.turn(deployment, deletedPods)));
    }
    for (String uid : List.copyOf(sets.keySet())) {
      if (!present.contains(uid)) {
        attempt(uid, () -> drop(uid));
      }
    }
  }

  private void drop(String uid) {
    RelaySet set = sets.get(uid);
    if (set != null && set.end(ChildProcess.GRACE)) {
      sets.remove(uid);
      deploymentStatus.forget(uid);
    }
  }

  /** The API may be away or refuse once: the next turn tries again. */
  private static void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (KubernetesClientException | UncheckedIOException e) {
      LOG.atWarn().addKeyValue("name", what).addKeyValue("reason", e.getMessage()).log("Retrying");
    }
  }

  /** Ends all relays and waits for them. */
  @Override
  public void close() {
    ending = true;
    try {
      thread.join();
      while (!sets.isEmpty()) {
        List.copyOf(sets.keySet()).forEach(uid -> attempt(uid, () -> drop(uid)));
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    view.close();
    // Not close(), which waits without an end for a probe that is under way.
    services.http().shutdownNow();
  }
}
