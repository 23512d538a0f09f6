// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What of a guest's configuration concerns its console.
 *
 * @param display false when a virtual machine was given no display
 * @param terminal false when a virtual machine has no serial port
 * @param conclusive whether it tells by itself which guest this is, and that it is no template
 */
record GuestConfig(GuestIdentity identity, boolean display, boolean terminal, boolean conclusive) {

  private static final int MAX_NAME = 200;
  private static final int SERIAL_PORTS = 4;

  static GuestConfig parse(InventoryEntry entry, JsonNode data) {
    return switch (entry.ref().type()) {
      case QEMU -> qemu(entry, data);
      case LXC -> lxc(entry, data);
    };
  }

  /**
   * A clone or a new machine gets another UUID and creation time; a rename or migration neither.
   */
  private static GuestConfig qemu(InventoryEntry entry, JsonNode data) {
    String uuid = property(data.path("smbios1").asText(""), "uuid").orElse("");
    String created = property(data.path("meta").asText(""), "ctime").orElse("");
    boolean anonymous = uuid.isEmpty() && created.isEmpty();
    String identity =
        anonymous
            ? byName(entry)
            : "qemu:ctime=" + created + ":uuid=" + uuid.toLowerCase(Locale.ROOT);
    String vga = data.path("vga").asText("");
    boolean none = vga.equals("none") || property(vga, "type").orElse("").equals("none");
    boolean serial = IntStream.range(0, SERIAL_PORTS).anyMatch(i -> data.has("serial" + i));
    return new GuestConfig(
        new GuestIdentity(identity),
        !none && !vga.startsWith("none,"),
        serial,
        !anonymous && !template(data));
  }

  /** Containers have no UUID; their first interface's address is drawn when they are made. */
  private static GuestConfig lxc(InventoryEntry entry, JsonNode data) {
    Optional<String> address = property(data.path("net0").asText(""), "hwaddr");
    String identity =
        address
            .map(found -> "lxc:net0=" + found.toLowerCase(Locale.ROOT))
            .orElseGet(() -> byName(entry));
    return new GuestConfig(
        new GuestIdentity(identity), true, true, address.isPresent() && !template(data));
  }

  private static boolean template(JsonNode data) {
    return data.path("template").asInt() != 0;
  }

  private static String byName(InventoryEntry entry) {
    String name = entry.name();
    return entry.ref().type().path()
        + ":name="
        + name.substring(0, Math.min(name.length(), MAX_NAME));
  }

  /** A value in Proxmox's {@code a=1,b=2}. */
  private static Optional<String> property(String list, String key) {
    return Arrays.stream(list.split(",", -1))
        .map(part -> part.split("=", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(key))
        .map(pair -> pair[1].strip())
        .filter(value -> !value.isEmpty() && value.length() <= 64)
        .findFirst();
  }
}
