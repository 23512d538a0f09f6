// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import io.pveconsole.simulator.guest.Guest;
import io.pveconsole.simulator.guest.GuestType;

/** Rights and existence of the guest that a path names. */
final class GuestAccess {
  private final ClusterState cluster;

  GuestAccess(ClusterState cluster) {
    this.cluster = cluster;
  }

  void require(Call call, String privilege) throws ApiException {
    String path = "/vms/" + call.vmid();
    if (!cluster.accounts().privileges(call.identity(), path).contains(privilege)) {
      throw new ApiException(403, "Permission check failed (" + path + ", " + privilege + ")");
    }
  }

  /** The guest, if it is on the node of the path and of the kind of the path. */
  Guest find(Call call, GuestType kind) throws ApiException {
    String node = call.node();
    if (!cluster.nodes().contains(node)) {
      throw new ApiException(
          500,
          "hostname lookup '"
              + node
              + "' failed - failed to get address info for: "
              + node
              + ": Name or service not known");
    }
    int vmid = call.vmid();
    return cluster
        .guests()
        .find(vmid)
        .filter(g -> g.type() == kind && g.node().equals(node))
        .orElseThrow(
            () ->
                new ApiException(
                    500,
                    "Configuration file 'nodes/%s/%s/%d.conf' does not exist"
                        .formatted(node, kind.folder(), vmid)));
  }
}
