// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Writes a Deployment's status when it has changed. */
final class DeploymentStatusWriter {

  /** What the status says, without its times. */
  record Counts(long generation, int wanted, int replicas, int updated, int ready) {}

  private final KubernetesClient client;
  private final Clock clock;
  private final Map<String, Counts> written = new HashMap<>();
  private final Map<String, Instant> availabilityChanged = new HashMap<>();

  DeploymentStatusWriter(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  void write(Deployment deployment, Counts counts) {
    String uid = deployment.getMetadata().getUid();
    Counts before = written.get(uid);
    if (counts.equals(before)) {
      return;
    }
    boolean available = isAvailable(counts);
    if (before == null || isAvailable(before) != available) {
      availabilityChanged.put(uid, clock.instant());
    }
    try {
      client
          .apps()
          .deployments()
          .inNamespace(deployment.getMetadata().getNamespace())
          .resource(status(deployment, counts, available))
          .subresource("status")
          .patch(StandIn.APPLY);
      written.put(uid, counts);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  void forget(String uid) {
    written.remove(uid);
    availabilityChanged.remove(uid);
  }

  private static boolean isAvailable(Counts counts) {
    return counts.ready() >= counts.wanted();
  }

  private Deployment status(Deployment deployment, Counts counts, boolean available) {
    Instant changed =
        availabilityChanged.getOrDefault(deployment.getMetadata().getUid(), clock.instant());
    String time = changed.truncatedTo(ChronoUnit.SECONDS).toString();
    boolean complete = available && counts.updated() >= counts.wanted();
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(deployment.getMetadata().getName())
        .withNamespace(deployment.getMetadata().getNamespace())
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(counts.generation())
        .withReplicas(counts.replicas())
        .withUpdatedReplicas(counts.updated())
        .withReadyReplicas(counts.ready())
        .withAvailableReplicas(counts.ready())
        .withUnavailableReplicas(Math.max(0, counts.wanted() - counts.ready()))
        .addNewCondition()
        .withType("Available")
        .withStatus(available ? "True" : "False")
        .withReason(available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable")
        .withMessage(counts.ready() + " of " + counts.wanted() + " processes are ready")
        .withLastTransitionTime(time)
        .withLastUpdateTime(time)
        .endCondition()
        .addNewCondition()
        .withType("Progressing")
        .withStatus("True")
        .withReason(complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated")
        .withMessage(complete ? "all processes run the current template" : "processes are starting")
        .withLastTransitionTime(time)
        .withLastUpdateTime(time)
        .endCondition()
        .endStatus()
        .build();
  }
}
