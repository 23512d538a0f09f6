// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import java.util.List;
import java.util.Objects;

/** Which changes of a host call for a pass: not the operator's own status writes. */
public final class HostFilter {

  private HostFilter() {}

  /** Whether spec, deletion or a relay report has changed. */
  public static boolean matters(ProxmoxHost now, ProxmoxHost before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp())
        || !relays(now).equals(relays(before));
  }

  private static List<RelayStatus> relays(ProxmoxHost host) {
    return host.getStatus() == null || host.getStatus().relays() == null
        ? List.of()
        : host.getStatus().relays();
  }
}
