// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.util.List;

/**
 * A guest to begin with.
 *
 * @param serial whether a virtual machine has a serial port, which termproxy needs
 * @param console what its screen shows
 */
public record GuestSpec(
    int vmid,
    String name,
    GuestType type,
    String node,
    boolean running,
    boolean template,
    boolean serial,
    GuestConsole console) {

  /** A guest with a shell. */
  public GuestSpec(
      int vmid,
      String name,
      GuestType type,
      String node,
      boolean running,
      boolean template,
      boolean serial) {
    this(vmid, name, type, node, running, template, serial, new GuestConsole.Shell());
  }

  /** A running virtual machine with a serial port. */
  public static GuestSpec vm(int vmid, String name, String node) {
    return new GuestSpec(vmid, name, GuestType.QEMU, node, true, false, true);
  }

  /** The cluster one gets without asking for another: on two nodes, one of each sort. */
  public static List<GuestSpec> defaults(String first, String second) {
    return List.of(
        vm(100, "web-1", first),
        vm(101, "db-1", second),
        new GuestSpec(102, "build-1", GuestType.QEMU, first, true, false, false),
        new GuestSpec(103, "spare-1", GuestType.QEMU, second, false, false, false),
        new GuestSpec(200, "proxy-ct", GuestType.LXC, first, true, false, true),
        new GuestSpec(900, "debian-template", GuestType.QEMU, first, false, true, false));
  }
}
