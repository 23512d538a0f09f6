// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import io.pveconsole.simulator.guest.Guest;
import io.pveconsole.simulator.guest.GuestType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes, guests and their state. Source: pve-manager API2/Cluster.pm, Nodes.pm; qemu-server. */
final class InventoryApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long MEMORY = 2L << 30;
  private static final long DISK = 32L << 30;

  private final ClusterState cluster;
  private final GuestAccess access;

  InventoryApi(ClusterState cluster, GuestAccess access) {
    this.cluster = cluster;
    this.access = access;
  }

  List<Route> routes() {
    Schema type = Schema.none().optional("type", "vm|storage|node|sdn", "value is not in enum");
    List<Route> routes = new ArrayList<>();
    routes.add(new Route("GET", "cluster/resources", type, false, this::resources));
    routes.add(new Route("GET", "nodes", Schema.none(), false, this::nodes));
    for (GuestType kind : GuestType.values()) {
      String base = "nodes/{node}/" + kind.api() + "/{vmid}/";
      routes.add(
          new Route("GET", base + "status/current", Schema.none(), true, c -> status(c, kind)));
      Schema current = Schema.none().flag("current");
      routes.add(new Route("GET", base + "config", current, true, c -> config(c, kind)));
    }
    return routes;
  }

  private JsonNode resources(Call call) throws ApiException {
    ArrayNode out = JSON.arrayNode();
    String type = call.parameter("type");
    for (Guest guest : cluster.guests().all()) {
      boolean seen =
          cluster
              .accounts()
              .privileges(call.identity(), "/vms/" + guest.vmid())
              .contains("VM.Audit");
      if (seen && (type == null || type.equals("vm"))) {
        out.add(resource(guest));
      }
    }
    if (type == null || type.equals("node")) {
      for (String node : cluster.nodes()) {
        out.addObject()
            .put("id", "node/" + node)
            .put("type", "node")
            .put("node", node)
            .put("status", "online");
      }
    }
    return out;
  }

  private ObjectNode resource(Guest guest) {
    ObjectNode out =
        JSON.objectNode()
            .put("id", guest.type().api() + "/" + guest.vmid())
            .put("vmid", guest.vmid())
            .put("type", guest.type().api())
            .put("node", guest.node())
            .put("name", guest.name())
            .put("status", guest.status())
            .put("template", guest.template() ? 1 : 0);
    figures(out, guest);
    guest.lock().ifPresent(l -> out.put("lock", l));
    return out;
  }

  private JsonNode nodes(Call call) throws ApiException {
    boolean audit = cluster.accounts().privileges(call.identity(), "/nodes").contains("Sys.Audit");
    ArrayNode out = JSON.arrayNode();
    for (String node : cluster.nodes()) {
      ObjectNode entry =
          out.addObject()
              .put("id", "node/" + node)
              .put("node", node)
              .put("type", "node")
              .put("status", "online")
              .put("ssl_fingerprint", cluster.fingerprints().apply(node));
      if (audit) {
        entry.put("maxcpu", 8).put("maxmem", 64L << 30).put("uptime", 86400);
      }
    }
    return out;
  }

  private JsonNode status(Call call, GuestType kind) throws ApiException {
    Guest guest = audited(call, kind);
    ObjectNode out =
        JSON.objectNode()
            .put("vmid", guest.vmid())
            .put("name", guest.name())
            .put("status", guest.status());
    figures(out, guest);
    out.set("ha", JSON.objectNode().put("managed", 0));
    if (kind == GuestType.QEMU) {
      out.put("qmpstatus", guest.status());
    } else {
      out.put("type", "lxc");
    }
    if (guest.status().equals("running")) {
      out.put("pid", guest.pid());
    }
    if (guest.template()) {
      out.put("template", 1);
    }
    guest.lock().ifPresent(l -> out.put("lock", l));
    return out;
  }

  private JsonNode config(Call call, GuestType kind) throws ApiException {
    Guest guest = audited(call, kind);
    ObjectNode out = JSON.objectNode().put("digest", guest.uuid().toString().replace("-", ""));
    if (kind == GuestType.LXC) {
      out.put("net0", "name=eth0,bridge=vmbr0,hwaddr=" + guest.hardwareAddress() + ",type=veth");
      return out.put("hostname", guest.name()).put("ostype", "debian").put("cores", 2);
    }
    out.put("name", guest.name()).put("cores", 2).put("smbios1", "uuid=" + guest.uuid());
    out.put("meta", "creation-qemu=10.1.2,ctime=" + guest.created().getEpochSecond());
    if (guest.hasTerminal()) {
      out.put("serial0", "socket");
    }
    (call.flag("current") ? guest.vga() : guest.pendingVga()).ifPresent(v -> out.put("vga", v));
    if (guest.template()) {
      out.put("template", 1);
    }
    return out;
  }

  private Guest audited(Call call, GuestType kind) throws ApiException {
    access.require(call, "VM.Audit");
    String node = call.node();
    Optional<Faults.Setting> hop =
        node.equals(call.host())
            ? Optional.empty()
            : cluster.faults().strike(Fault.HOP_FAILED, node);
    if (hop.isPresent()) {
      int code = hop.get().number(595);
      throw new ApiException(
          code,
          code == 595
              ? "Connection refused"
              : code == 596 ? "Connection timed out" : "Broken pipe");
    }
    return access.find(call, kind);
  }

  private void figures(ObjectNode out, Guest guest) {
    long uptime =
        guest
            .started()
            .map(s -> Duration.between(s, cluster.clock().instant()).toSeconds())
            .orElse(0L);
    boolean running = guest.status().equals("running");
    out.put("uptime", uptime).put("cpu", running ? 0.01 : 0).put("maxcpu", 2);
    out.put("mem", running ? MEMORY / 4 : 0).put("maxmem", MEMORY);
    out.put("disk", 0).put("maxdisk", DISK);
  }
}
