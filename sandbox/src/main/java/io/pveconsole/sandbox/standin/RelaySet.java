// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The pods of one Deployment and the way to them. A changed template brings one new pod at a time;
 * an old one ends when enough others are ready.
 */
final class RelaySet {

  private final PodServices services;
  private final PodStatusWriter podStatus;
  private final PublicDoor door;
  private final List<RelayPod> pods = new ArrayList<>();

  RelaySet(PodServices services, PodStatusWriter podStatus) {
    this.services = services;
    this.podStatus = podStatus;
    this.door = new PublicDoor(services);
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
    Duration grace = grace(deployment);
    pods.stream()
        .filter(pod -> deletedPods.contains(pod.object().getMetadata().getUid()))
        .forEach(pod -> pod.end(grace));
    replace(deployment, wanted, hash, grace);
    pods.forEach(RelayPod::turn);
    removeGone();
    door.turn(publicPort(deployment), readyPorts());
    return counts(deployment, wanted, hash);
  }

  private void replace(Deployment deployment, int wanted, String hash, Duration grace) {
    List<RelayPod> live = live();
    List<RelayPod> outdated = live.stream().filter(pod -> isOutdated(pod, hash)).toList();
    int room = outdated.isEmpty() ? wanted : wanted + 1;
    if (live.size() < room && live.size() - outdated.size() < wanted) {
      pods.add(new RelayPod(create(deployment), services));
    } else if (live.size() > wanted) {
      List<RelayPod> candidates = outdated.isEmpty() ? live : outdated;
      boolean enough = live.stream().filter(RelaySet::isReady).count() > wanted;
      candidates.reversed().stream()
          .filter(pod -> enough || !isReady(pod))
          .min(Comparator.comparing(RelaySet::isReady))
          .ifPresent(pod -> pod.end(grace));
    }
  }

  private Pod create(Deployment deployment) {
    return services.api().client().resource(PodFactory.create(deployment)).create();
  }

  private List<RelayPod> live() {
    return pods.stream().filter(pod -> !pod.isEnding()).toList();
  }

  private static boolean isReady(RelayPod pod) {
    return pod.state().ready();
  }

  private List<Integer> readyPorts() {
    return live().stream()
        .filter(RelaySet::isReady)
        .flatMapToInt(pod -> pod.publicPort().stream())
        .boxed()
        .toList();
  }

  private static boolean isOutdated(RelayPod pod, String hash) {
    Map<String, String> labels = pod.object().getMetadata().getLabels();
    return !hash.equals(labels.get("pod-template-hash"));
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
    List<RelayPod> live = live();
    int updated = (int) live.stream().filter(pod -> !isOutdated(pod, hash)).count();
    int ready = (int) live.stream().filter(RelaySet::isReady).count();
    Long generation = deployment.getMetadata().getGeneration();
    return new DeploymentStatusWriter.Counts(
        generation == null ? 0 : generation, wanted, live.size(), updated, ready);
  }

  /** Ends all pods; true when none is left. */
  boolean end(Duration grace) {
    door.close();
    pods.forEach(pod -> pod.end(grace));
    pods.forEach(RelayPod::turn);
    removeGone();
    return pods.isEmpty();
  }
}
