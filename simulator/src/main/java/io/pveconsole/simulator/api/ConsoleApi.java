// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.ConsoleStyle;
import io.pveconsole.simulator.auth.Identity;
import io.pveconsole.simulator.console.ConsoleChannel;
import io.pveconsole.simulator.console.Consoles;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.guest.Guest;
import io.pveconsole.simulator.guest.GuestType;
import io.pveconsole.simulator.guest.Machine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * vncproxy, termproxy and vncwebsocket. Source: qemu-server PVE/API2/Qemu.pm, pve-container
 * API2/LXC.pm.
 */
final class ConsoleApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String INTEGER = "type check ('integer') failed or value out of range";

  private final ClusterState cluster;
  private final GuestAccess access;
  private final SecureRandom random = new SecureRandom();

  ConsoleApi(ClusterState cluster, GuestAccess access) {
    this.cluster = cluster;
    this.access = access;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (GuestType kind : GuestType.values()) {
      String base = "nodes/{node}/" + kind.api() + "/{vmid}/";
      Schema vnc = Schema.none().flag("websocket");
      Schema term = Schema.none();
      if (kind == GuestType.QEMU) {
        vnc.flag("generate-password");
        term.optional("serial", "serial[0-3]", "value is not in enum");
      } else {
        vnc.optional("width", "\\d{2,4}", INTEGER).optional("height", "\\d{2,4}", INTEGER);
      }
      Schema socket =
          Schema.none()
              .required("port", "59\\d\\d", INTEGER)
              .required("vncticket", ".{0,512}", "value may only be 512 characters long");
      routes.add(new Route("POST", base + "vncproxy", vnc, true, c -> vnc(c, kind)));
      routes.add(new Route("POST", base + "termproxy", term, true, c -> term(c, kind)));
      routes.add(new Route("GET", base + "vncwebsocket", socket, false, this::socket));
    }
    return routes;
  }

  private JsonNode vnc(Call call, GuestType kind) throws ApiException {
    Guest guest = openable(call, kind);
    boolean hardened = cluster.style() == ConsoleStyle.NEW;
    boolean plainBytes = call.flag("websocket") || !hardened;
    boolean generate =
        hardened
            ? (kind == GuestType.QEMU || call.flag("websocket"))
            : call.flag("generate-password");
    String password = generate ? password() : "";
    String authId = call.identity().authId();
    VncPassword effective = new VncPassword(password);
    Consoles.Reserved reserved =
        reserve(
            call,
            "vncproxy",
            channel -> serveVnc(call.host(), guest, channel, effective, plainBytes));
    String prefix = hardened ? password : "";
    String ticket = ticket(call, prefix, reserved.port());
    effective.set(password.isEmpty() ? ticket : password);
    ObjectNode data = reply(authId, ticket, reserved);
    data.put("cert", cluster.caPem());
    if (generate) {
      boolean wrong = cluster.faults().strike(Fault.WRONG_VNC_PASSWORD, call.host()).isPresent();
      data.put("password", wrong ? password() : password);
    }
    return data;
  }

  private JsonNode term(Call call, GuestType kind) throws ApiException {
    Guest guest = openable(call, kind);
    if (!guest.hasTerminal()) {
      throw new ApiException(500, "unable to find a serial interface");
    }
    Identity caller = call.identity();
    boolean accepted =
        caller.tokenId() == null
            || cluster.faults().strike(Fault.TERMPROXY_WITHOUT_TOKENS, call.host()).isEmpty();
    VncPassword expected = new VncPassword("");
    Consoles.Reserved reserved =
        reserve(
            call,
            "vncproxy",
            channel -> {
              Machine machine = running(guest, channel);
              if (machine != null) {
                machine.terminal(channel, line -> accepted && line.equals(expected.get()));
              }
            });
    String ticket = ticket(call, "", reserved.port());
    expected.set(caller.authId() + ":" + ticket);
    return reply(caller.authId(), ticket, reserved);
  }

  private JsonNode socket(Call call) throws ApiException {
    access.require(call, "VM.Console");
    String port = call.parameters().getOrDefault("port", "");
    String ticket = call.parameters().getOrDefault("vncticket", "");
    String path = "/vms/" + call.vmid();
    boolean valid =
        cluster.tickets().vncValid(ticket, call.identity().authId(), path, signedPort(port));
    if (!valid) {
      throw new ApiException(401, "permission denied - invalid PVEVNC ticket");
    }
    return JSON.objectNode().put("port", port);
  }

  private Guest openable(Call call, GuestType kind) throws ApiException {
    access.require(call, "VM.Console");
    Guest guest = access.find(call, kind);
    cluster
        .faults()
        .strike(Fault.SLOW_VNCPROXY, call.host())
        .ifPresent(s -> sleep(Duration.ofMillis(s.number(6000))));
    return guest;
  }

  private Consoles.Reserved reserve(Call call, String kind, Consumer<ConsoleChannel> serve)
      throws ApiException {
    if (cluster.faults().strike(Fault.TASK_TIMEOUTS, call.host()).isPresent()) {
      throw new ApiException(500, "Timeout while waiting for port '5900' to get ready!");
    }
    return cluster
        .consoles()
        .reserve(call.host(), call.vmid(), kind, call.identity().authId(), serve)
        .orElseThrow(() -> new ApiException(500, "unable to find free port (5900-5999)"));
  }

  /** As {@code qm vncproxy} does on accept: sets the password, then copies. */
  private void serveVnc(
      String host, Guest guest, ConsoleChannel channel, VncPassword password, boolean plainBytes) {
    Machine machine = running(guest, channel);
    if (machine == null) {
      return;
    }
    boolean cut =
        cluster.faults().strike(Fault.CLOSE_BEFORE_BANNER, host).isPresent()
            || guest.vga().filter("none"::equals).isPresent();
    if (cut || !plainBytes) {
      cluster.consoles().failed(channel, plainBytes ? "unexpected status" : "TLS handshake failed");
      return;
    }
    machine.vnc(channel, password.get());
  }

  private @org.jspecify.annotations.Nullable Machine running(Guest guest, ConsoleChannel channel) {
    Machine machine = guest.machine().orElse(null);
    if (machine == null) {
      String what = guest.type() == GuestType.QEMU ? "VM " : "CT ";
      cluster.consoles().failed(channel, what + guest.vmid() + " not running");
    }
    return machine;
  }

  private String ticket(Call call, String prefix, int port) throws ApiException {
    String path = "/vms/" + call.vmid();
    return cluster
        .tickets()
        .vnc(prefix, call.identity().authId(), path, signedPort(String.valueOf(port)));
  }

  private String signedPort(String port) {
    return cluster.style() == ConsoleStyle.NEW ? port : "";
  }

  private ObjectNode reply(String authId, String ticket, Consoles.Reserved reserved) {
    ObjectNode data = JSON.objectNode().put("user", authId).put("ticket", ticket);
    if (cluster.style() == ConsoleStyle.NEW) {
      data.put("port", String.valueOf(reserved.port()));
    } else {
      data.put("port", reserved.port());
    }
    return data.put("upid", reserved.upid());
  }

  /** Eight characters of ASCII {@code !} to {@code `}, as the generator makes them. */
  private String password() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      out.append((char) ('!' + random.nextInt('`' - '!' + 1)));
    }
    return out.toString();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
