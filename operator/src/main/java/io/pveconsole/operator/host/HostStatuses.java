// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import org.jspecify.annotations.Nullable;

/** The operator's share of a host's status. */
final class HostStatuses {

  private HostStatuses() {}

  /** What the operator wrote before: all but the reports of relays. */
  static @Nullable ProxmoxHostStatus operatorPart(@Nullable ProxmoxHostStatus status) {
    return status == null
        ? null
        : new ProxmoxHostStatus(
            status.observedGeneration(),
            status.conditions(),
            status.url(),
            status.version(),
            status.activeSessions(),
            status.endpoints(),
            null);
  }

  /** A new object with identity and status only, so that apply seizes no field of anybody else. */
  static ProxmoxHost fresh(ProxmoxHost host, ProxmoxHostStatus status) {
    ProxmoxHost fresh = new ProxmoxHost();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(host.getMetadata().getName())
            .withNamespace(host.getMetadata().getNamespace())
            .build());
    fresh.setStatus(status);
    return fresh;
  }
}
