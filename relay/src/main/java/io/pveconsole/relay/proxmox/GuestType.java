// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** The two kinds of Proxmox guests. */
public enum GuestType {
  /** A virtual machine. */
  QEMU("qemu"),
  /** A container. */
  LXC("lxc");

  private final String path;

  GuestType(String path) {
    this.path = path;
  }

  /** As it stands in API paths: {@code qemu} or {@code lxc}. */
  public String path() {
    return path;
  }
}
