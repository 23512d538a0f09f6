// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** Where a guest is now; a migration changes the node. */
public record GuestRef(int vmid, GuestType type, String node) {

  /** The guest as Proxmox names it in permissions. */
  String aclPath() {
    return "/vms/" + vmid;
  }

  @Override
  public String toString() {
    return type.path() + "/" + vmid + " on " + node;
  }
}
