// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The pods of one Deployment. A changed template replaces pods one after another, the old one ends
 * first since both want the same port.
 */
final class RelaySet {

  private final PodServices services;
  private final PodStatusWriter podStatus;
  private final List<RelayPod> pods = new ArrayList<>();

  RelaySet(PodServices services, PodStatusWriter podStatus) {
    this.services = services;
    this.podStatus = podStatus;
  }

  /**
   * One step towards what the Deployment asks for.
   *
   * @param deletedPods uids of pods that someone deleted
   */
  DeploymentStatusWriter.Counts turn(Deployment deployment, Set<String> deletedPods) {
    Integer asked = deployment.getSpec().getReplicas();
    int wanted = asked == null ? 1 : asked;
    String hash = PodFactory.hash(deployment);
    OptionalInt publicPort = publicPort(deployment);
    Duration grace = grace(deployment);
    pods.stream()
        .filter(pod -> deletedPods.contains(pod.object().getMetadata().getUid()))
        .forEach(pod -> pod.end(grace));
    pods.stream()
        .filter(pod -> !pod.isEnding() && (isOutdated(pod, hash) || isUnserved(publicPort)))
        .findFirst()
        .ifPresent(pod -> pod.end(grace));
    List<RelayPod> live = pods.stream().filter(pod -> !pod.isEnding()).toList();
    live.stream().skip(wanted).forEach(pod -> pod.end(grace));
    boolean ending = pods.stream().anyMatch(RelayPod::isEnding);
    if (live.size() < wanted && !ending) {
      pods.add(create(deployment, publicPort));
    }
    pods.forEach(RelayPod::turn);
    removeGone();
    return counts(deployment, wanted, hash);
  }

  private RelayPod create(Deployment deployment, OptionalInt publicPort) {
    boolean portIsFree = pods.stream().noneMatch(pod -> pod.wantedPort().isPresent());
    Pod pod = services.api().client().resource(PodFactory.create(deployment)).create();
    return new RelayPod(pod, services, portIsFree ? publicPort : OptionalInt.empty());
  }

  private static boolean isOutdated(RelayPod pod, String hash) {
    Map<String, String> labels = pod.object().getMetadata().getLabels();
    return !hash.equals(labels.get("pod-template-hash"));
  }

  /** Nobody serves the host's port: it has changed, or was not known when the pod started. */
  private boolean isUnserved(OptionalInt publicPort) {
    return publicPort.isPresent()
        && pods.stream().noneMatch(pod -> pod.wantedPort().equals(publicPort));
  }

  private OptionalInt publicPort(Deployment deployment) {
    Container container = deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    String host = literal(container, "PVECONSOLE_HOST_NAME");
    String namespace = deployment.getMetadata().getNamespace();
    return services.publicPorts().of(namespace, host);
  }

  private static String literal(Container container, String name) {
    for (EnvVar variable : container.getEnv()) {
      if (variable.getName().equals(name) && variable.getValue() != null) {
        return variable.getValue();
      }
    }
    return "";
  }

  private static Duration grace(Deployment deployment) {
    Long seconds = deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
    return Duration.ofSeconds(seconds == null ? 30 : seconds);
  }

  private void removeGone() {
    for (RelayPod pod : List.copyOf(pods)) {
      if (pod.isGone()) {
        pods.remove(pod);
        podStatus.forget(pod.object());
        services.api().client().resource(pod.object()).withGracePeriod(0).delete();
      } else {
        podStatus.write(pod.object(), pod.state());
      }
    }
  }

  private DeploymentStatusWriter.Counts counts(Deployment deployment, int wanted, String hash) {
    List<RelayPod> live = pods.stream().filter(pod -> !pod.isEnding()).toList();
    int updated = (int) live.stream().filter(pod -> !isOutdated(pod, hash)).count();
    int ready = (int) live.stream().filter(pod -> pod.state().ready()).count();
    Long generation = deployment.getMetadata().getGeneration();
    return new DeploymentStatusWriter.Counts(
        generation == null ? 0 : generation, wanted, pods.size(), updated, ready);
  }

  /** Ends all pods; true when none is left. */
  boolean end(Duration grace) {
    pods.forEach(pod -> pod.end(grace));
    pods.forEach(RelayPod::turn);
    removeGone();
    return pods.isEmpty();
  }
}
