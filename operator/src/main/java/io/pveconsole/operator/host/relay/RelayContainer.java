// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The one container of a relay pod. No command: JVM flags live in the image. */
final class RelayContainer {

  private static final String PREFIX = "PVECONSOLE_";

  private RelayContainer() {}

  static Container of(RelayPlan plan) {
    return new ContainerBuilder()
        .withName(RelayNames.CONTAINER)
        .withImage(plan.image())
        .withImagePullPolicy("IfNotPresent")
        .withEnv(environment(plan))
        .addNewPort()
        .withName(RelayNames.PUBLIC_PORT)
        .withContainerPort(plan.publicPort())
        .withProtocol("TCP")
        .endPort()
        .addNewPort()
        .withName(RelayNames.MANAGEMENT_PORT)
        .withContainerPort(RelayNames.MANAGEMENT)
        .withProtocol("TCP")
        .endPort()
        .withStartupProbe(probe("/livez", 1, 60))
        .withLivenessProbe(probe("/livez", 10, 6))
        .withReadinessProbe(probe("/readyz", 5, 2))
        .withResources(resources(plan.host()))
        .withVolumeMounts(RelayVolumes.mounts(plan))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .build();
  }

  private static List<EnvVar> environment(RelayPlan plan) {
    ProxmoxHost host = plan.host();
    List<EnvVar> env = new ArrayList<>();
    env.add(variable("HOST_NAME", host.getMetadata().getName()));
    env.add(variable("HOST_NAMESPACE", host.getMetadata().getNamespace()));
    env.add(
        new EnvVarBuilder()
            .withName(PREFIX + "POD_NAME")
            .withNewValueFrom()
            .withNewFieldRef("v1", "metadata.name")
            .endValueFrom()
            .build());
    env.add(variable("PUBLIC_PORT", Integer.toString(plan.publicPort())));
    env.add(variable("MANAGEMENT_PORT", Integer.toString(RelayNames.MANAGEMENT)));
    env.add(variable("CREDENTIALS_DIR", RelayNames.CREDENTIALS_DIR));
    if (RelayVolumes.caConfigMap(host).isPresent()) {
      env.add(variable("CA_DIR", RelayNames.CA_DIR));
    }
    env.add(variable("KEYS_DIR", RelayNames.KEYS_DIR));
    if (plan.servingSecret().isPresent()) {
      env.add(variable("TLS_DIR", RelayNames.TLS_DIR));
    }
    env.add(variable("TMP_DIR", RelayNames.TMP_DIR));
    String level = host.getSpec().relay().logLevel().name().toLowerCase(Locale.ROOT);
    env.add(variable("LOG_LEVEL", level));
    return env;
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(PREFIX + name).withValue(value).build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(RelayNames.MANAGEMENT_PORT))
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failures)
        .withSuccessThreshold(1)
        .build();
  }

  private static ResourceRequirements resources(ProxmoxHost host) {
    return Optional.ofNullable(host.getSpec().relay().resources())
        .orElseGet(
            () ->
                new ResourceRequirementsBuilder()
                    .addToRequests("cpu", new Quantity("100m"))
                    .addToRequests("memory", new Quantity("192Mi"))
                    .addToLimits("memory", new Quantity("512Mi"))
                    .build());
  }
}
