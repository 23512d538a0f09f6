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

/** Hosts for tests. */
public final class Hosts {

  private Hosts() {}

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
