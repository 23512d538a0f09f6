// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.api.v1alpha1.host.HostCredentials;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import io.pveconsole.api.v1alpha1.host.SecretRef;
import java.util.List;
import java.util.function.UnaryOperator;

/** Hosts for tests. */
public final class Hosts {

  private Hosts() {}

  /** The same host, a version later, exposed in another way. */
  public static ProxmoxHost exposed(ProxmoxHost host, UnaryOperator<Exposure> change) {
    ProxmoxHostSpec spec = host.getSpec();
    String version = host.getMetadata().getResourceVersion();
    ProxmoxHost next = new ProxmoxHost();
    next.setMetadata(
        new ObjectMetaBuilder(host.getMetadata())
            .withResourceVersion(String.valueOf(Long.parseLong(version) + 1))
            .build());
    next.setSpec(
        new ProxmoxHostSpec(
            spec.endpoints(),
            spec.credentials(),
            spec.tls(),
            change.apply(spec.exposure()),
            spec.allowedNamespaces(),
            spec.sessionPolicy(),
            spec.targets(),
            spec.relay(),
            spec.suspend()));
    return next;
  }

  /** Another path, other proxies or other parents; null leaves it as it is. */
  public static Exposure exposure(
      Exposure exposure, String path, List<String> trustedProxies, List<String> frameAncestors) {
    return new Exposure(
        exposure.type(),
        exposure.hostname(),
        path == null ? exposure.path() : path,
        exposure.publicUrl(),
        exposure.ingress(),
        exposure.httpRoute(),
        exposure.tls(),
        exposure.backendTls(),
        exposure.serviceAnnotations(),
        trustedProxies == null ? exposure.trustedProxies() : trustedProxies,
        frameAncestors == null ? exposure.frameAncestors() : frameAncestors);
  }

  /** A host with one origin, pinned certificates and defaults otherwise. */
  public static ProxmoxHost of(String publicUrl, List<HostEndpoint> endpoints, HostTls tls) {
    ProxmoxHost host = new ProxmoxHost();
    host.setMetadata(
        new ObjectMetaBuilder()
            .withName("pve7")
            .withNamespace("consoles")
            .withUid("host-uid")
            .withResourceVersion("1")
            .build());
    host.setSpec(
        new ProxmoxHostSpec(
            endpoints,
            new HostCredentials(new SecretRef("pve7")),
            tls,
            new Exposure(
                ExposureType.None,
                null,
                "/pve7",
                publicUrl,
                null,
                null,
                null,
                false,
                null,
                null,
                null),
            null,
            null,
            null,
            null,
            false));
    return host;
  }
}
