// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a pod's status when it has changed. */
final class PodStatusWriter {

  private final KubernetesClient client;
  private final Clock clock;
  private final Map<String, PodState> written = new HashMap<>();

  PodStatusWriter(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  void write(Pod pod, PodState state) {
    String uid = pod.getMetadata().getUid();
    if (state.equals(written.get(uid))) {
      return;
    }
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .resource(status(pod, state))
          .subresource("status")
          .patch(StandIn.APPLY);
      written.put(uid, state);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  void forget(Pod pod) {
    written.remove(pod.getMetadata().getUid());
  }

  private Pod status(Pod pod, PodState state) {
    String container = pod.getSpec().getContainers().get(0).getName();
    String image = pod.getSpec().getContainers().get(0).getImage();
    String now = clock.instant().toString();
    List<PodCondition> conditions =
        Stream.of("ContainersReady", "Initialized", "PodScheduled", "Ready")
            .map(type -> condition(type, !type.endsWith("Ready") || state.ready(), now))
            .toList();
    var running =
        state.running()
            ? new ContainerStateBuilder().withNewRunning(state.startedAt().toString()).build()
            : new ContainerStateBuilder().withNewWaiting(state.waitingFor(), "Waiting").build();
    return new PodBuilder()
        .withNewMetadata()
        .withName(pod.getMetadata().getName())
        .withNamespace(pod.getMetadata().getNamespace())
        .endMetadata()
        .withNewStatus()
        .withPhase(state.running() ? "Running" : "Pending")
        .withPodIP("127.0.0.1")
        .withConditions(conditions)
        .addNewContainerStatus()
        .withName(container)
        .withImage(image)
        .withImageID("")
        .withReady(state.ready())
        .withStarted(state.running())
        .withRestartCount(state.restarts())
        .withState(running)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static PodCondition condition(String type, boolean holds, String now) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withLastTransitionTime(now)
        .build();
  }
}
