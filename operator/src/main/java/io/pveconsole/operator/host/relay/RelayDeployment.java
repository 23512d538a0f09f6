// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelaySettings;
import io.pveconsole.operator.status.FieldManager;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The relay pods of a host. */
final class RelayDeployment implements OwnedObject<Deployment> {

  private static final int GRACE_AFTER_DRAIN_SECONDS = 15;
  private static final long USER = 65532L;

  @Override
  public Class<Deployment> type() {
    return Deployment.class;
  }

  @Override
  public Optional<Deployment> desired(RelayPlan plan) {
    ProxmoxHost host = plan.host();
    return Optional.of(
        new DeploymentBuilder()
            .withMetadata(RelayMetadata.of(host, name(host)))
            .withNewSpec()
            .withReplicas(Replicas.of(plan, FieldManager.NAME))
            .withRevisionHistoryLimit(2)
            .withNewSelector()
            .withMatchLabels(RelayMetadata.selector(host))
            .endSelector()
            .withNewStrategy()
            .withType("RollingUpdate")
            .withNewRollingUpdate()
            .withMaxSurge(new IntOrString(1))
            .withMaxUnavailable(new IntOrString(0))
            .endRollingUpdate()
            .endStrategy()
            .withTemplate(template(plan))
            .endSpec()
            .build());
  }

  private static PodTemplateSpec template(RelayPlan plan) {
    ProxmoxHost host = plan.host();
    RelaySettings relay = host.getSpec().relay();
    Map<String, String> labels = new TreeMap<>();
    Optional.ofNullable(relay.podLabels()).ifPresent(labels::putAll);
    labels.putAll(RelayMetadata.labels(host));
    var template =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName(RelayNames.relay(host))
            .withAutomountServiceAccountToken(true)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(
                (long) relay.drainSeconds() + GRACE_AFTER_DRAIN_SECONDS)
            .withPriorityClassName(relay.priorityClassName())
            .withAffinity(relay.affinity())
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(USER)
            .withRunAsGroup(USER)
            .withFsGroup(USER)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withContainers(RelayContainer.of(plan))
            .withVolumes(RelayVolumes.volumes(plan))
            .endSpec()
            .build();
    return scheduled(template, relay);
  }

  /** Lists and maps are set only where the host gives some: empty ones never settle. */
  private static PodTemplateSpec scheduled(PodTemplateSpec template, RelaySettings relay) {
    var pod = template.getSpec();
    if (relay.podAnnotations() != null && !relay.podAnnotations().isEmpty()) {
      template.getMetadata().setAnnotations(new TreeMap<>(relay.podAnnotations()));
    }
    if (relay.nodeSelector() != null && !relay.nodeSelector().isEmpty()) {
      pod.setNodeSelector(new TreeMap<>(relay.nodeSelector()));
    }
    Optional.ofNullable(relay.tolerations()).ifPresent(pod::setTolerations);
    Optional.ofNullable(relay.topologySpreadConstraints())
        .ifPresent(pod::setTopologySpreadConstraints);
    Optional.ofNullable(relay.imagePullSecrets()).ifPresent(pod::setImagePullSecrets);
    return template;
  }
}
