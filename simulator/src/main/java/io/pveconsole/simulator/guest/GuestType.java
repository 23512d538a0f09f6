// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

/** The two kinds of guests, named as in API paths. */
public enum GuestType {
  /** A virtual machine. */
  QEMU("qemu", "qemu-server"),
  /** A container. */
  LXC("lxc", "lxc");

  private final String api;
  private final String folder;

  GuestType(String api, String folder) {
    this.api = api;
    this.folder = folder;
  }

  /** The name in API paths. */
  public String api() {
    return api;
  }

  /** The name of the configuration folder, as error texts show it. */
  public String folder() {
    return folder;
  }
}
