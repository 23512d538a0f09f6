// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

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

/** A host that no API server knows, whose Proxmox is the stand-in. */
final class WarmupHost {

  static final String NAME = "warm-up";

  /** What browsers must say that they come from. */
  static final String ORIGIN = "https://localhost";

  private WarmupHost() {}

  static ProxmoxHost of(int port, String fingerprint) {
    ProxmoxHost host = new ProxmoxHost();
    host.setMetadata(
        new ObjectMetaBuilder()
            .withName(NAME)
            .withNamespace(NAME)
            .withUid(NAME)
            .withResourceVersion("1")
            .build());
    host.setSpec(
        new ProxmoxHostSpec(
            List.of(new HostEndpoint("https://127.0.0.1:" + port, null, null)),
            new HostCredentials(new SecretRef(NAME)),
            new HostTls(null, List.of(fingerprint), null),
            new Exposure(
                ExposureType.None, null, "/", ORIGIN, null, null, null, false, null, null, null),
            null,
            null,
            null,
            null,
            false));
    return host;
  }
}
