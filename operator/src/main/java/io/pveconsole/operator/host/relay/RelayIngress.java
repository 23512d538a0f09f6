// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The route of a host with exposure type Ingress; one for the host, none per session. */
final class RelayIngress implements OwnedObject<Ingress> {

  @Override
  public Class<Ingress> type() {
    return Ingress.class;
  }

  @Override
  public Optional<Ingress> desired(RelayPlan plan) {
    Exposure exposure = plan.host().getSpec().exposure();
    if (!plan.facts().routed() || exposure.type() != ExposureType.Ingress) {
      return Optional.empty();
    }
    String name = name(plan.host());
    return Optional.of(
        new IngressBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name, annotations(exposure)))
            .withNewSpec()
            .withIngressClassName(
                exposure.ingress() == null ? null : exposure.ingress().className())
            .withTls(tls(plan))
            .addNewRule()
            .withHost(exposure.hostname())
            .withNewHttp()
            .addNewPath()
            .withPath(exposure.path())
            .withPathType("Prefix")
            .withNewBackend()
            .withNewService()
            .withName(name)
            .withNewPort(plan.portName(), null)
            .endService()
            .endBackend()
            .endPath()
            .endHttp()
            .endRule()
            .endSpec()
            .build());
  }

  private static @Nullable Map<String, String> annotations(Exposure exposure) {
    return exposure.ingress() == null ? null : exposure.ingress().annotations();
  }

  private static List<IngressTLS> tls(RelayPlan plan) {
    Exposure exposure = plan.host().getSpec().exposure();
    if (exposure.tls() == null) {
      return List.of();
    }
    String secret =
        Optional.ofNullable(exposure.tls().secretName())
            .orElseGet(() -> RelayNames.publicCertificate(plan.host()));
    return List.of(
        new IngressTLSBuilder().withHosts(exposure.hostname()).withSecretName(secret).build());
  }
}
