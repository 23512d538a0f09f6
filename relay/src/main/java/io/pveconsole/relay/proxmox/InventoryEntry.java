// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code cluster/resources}: right about the node at once, about the status some ten
 * seconds late.
 */
record InventoryEntry(GuestRef ref, String name, GuestStatus status, boolean template) {

  private static final int MAX_NAME = 253;
  private static final int MAX_NODE = 253;

  /** The line that tells of a guest as it was found. */
  static InventoryEntry of(Guest guest) {
    return new InventoryEntry(guest.ref(), guest.name(), guest.status(), guest.template());
  }

  /**
   * Reads leniently: Proxmox writes numbers as strings at times and leaves out what is false. A
   * line without VMID, node or a known type is no guest.
   */
  static List<InventoryEntry> parse(JsonNode data) {
    List<InventoryEntry> entries = new ArrayList<>();
    for (JsonNode line : data) {
      int vmid = line.path("vmid").asInt();
      String node = line.path("node").asText("");
      for (GuestType type : GuestType.values()) {
        if (vmid > 0
            && !node.isEmpty()
            && node.length() <= MAX_NODE
            && type.path().equals(line.path("type").asText())) {
          entries.add(
              new InventoryEntry(
                  new GuestRef(vmid, type, node),
                  name(line, ""),
                  status(line.path("status").asText("")),
                  line.path("template").asInt() != 0));
        }
      }
    }
    return entries;
  }

  /** A name, no longer than one can be. */
  static String name(JsonNode data, String otherwise) {
    String name = data.path("name").asText(otherwise);
    return name.substring(0, Math.min(name.length(), MAX_NAME));
  }

  static GuestStatus status(String text) {
    return switch (text) {
      case "running" -> GuestStatus.RUNNING;
      case "stopped" -> GuestStatus.STOPPED;
      default -> GuestStatus.UNKNOWN;
    };
  }
}
