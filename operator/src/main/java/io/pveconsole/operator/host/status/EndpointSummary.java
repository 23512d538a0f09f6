// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.EndpointStatus;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.RelayEndpointStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What relays say of each endpoint, taken together. */
final class EndpointSummary {

  private EndpointSummary() {}

  static @Nullable List<EndpointStatus> of(ProxmoxHost host, @Nullable List<RelayStatus> relays) {
    if (relays == null || relays.isEmpty()) {
      return null;
    }
    return host.getSpec().endpoints().stream().map(e -> summary(e, relays)).toList();
  }

  private static EndpointStatus summary(HostEndpoint endpoint, List<RelayStatus> relays) {
    List<RelayEndpointStatus> reports =
        relays.stream()
            .filter(relay -> relay.endpoints() != null)
            .flatMap(relay -> relay.endpoints().stream())
            .filter(report -> report.url().equals(endpoint.url()))
            .toList();
    boolean reachable = reports.stream().anyMatch(report -> report.step() == null);
    String reason =
        reachable
            ? null
            : reports.stream()
                .map(RelayEndpointStatus::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    return new EndpointStatus(
        endpoint.url(),
        reports.isEmpty() ? null : reachable,
        reason,
        reports.stream()
            .map(RelayEndpointStatus::certificate)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null));
  }
}
