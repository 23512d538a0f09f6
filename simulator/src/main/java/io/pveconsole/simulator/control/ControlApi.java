// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.GuestJson;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.StartFailure;
import io.pveconsole.simulator.console.Consoles;
import io.pveconsole.simulator.console.TaskLog;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import io.pveconsole.simulator.guest.Guest;
import io.pveconsole.simulator.guest.GuestSpec;
import io.pveconsole.simulator.http.UrlEncoded;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The calls of the control interface. */
final class ControlApi {
  private final ProxmoxSimulator simulator;
  private final ObjectMapper mapper = new ObjectMapper();
  private final ClusterControl clusters;

  /** An answer. */
  record Result(int status, String type, String body) {}

  ControlApi(ProxmoxSimulator simulator) {
    this.simulator = simulator;
    this.clusters = new ClusterControl(simulator);
  }

  Result handle(String method, URI uri, String body) {
    String[] path = uri.getPath().substring(1).split("/", -1);
    try {
      return switch (method + " " + path[0] + " " + path.length) {
        case "GET guests 1" -> json(guests());
        case "GET guests 3" -> text(look(Integer.parseInt(path[1]), path[2]));
        case "POST guests 3" -> steer(Integer.parseInt(path[1]), path[2], uri);
        case "GET faults 1" -> json(faults());
        case "GET faults 2" -> json(fault(known(path[1])));
        case "PUT faults 2" -> put(known(path[1]), body);
        case "GET tasks 1" -> json(tasks());
        case "GET consoles 1" -> json(consoles());
        case "GET nodes 1" -> json(clusters.nodes());
        case "POST nodes 3" -> json(clusters.steer(path[1], path[2], uri));
        case "GET issued 1" -> json(clusters.issued());
        case "POST credentials 2" -> json(clusters.rotate(path[1], body));
        default -> new Result(404, "text/plain;charset=UTF-8", help());
      };
    } catch (StartFailure e) {
      return new Result(500, "text/plain;charset=UTF-8", e.getMessage() + "\n");
    } catch (IllegalArgumentException | IllegalStateException | JsonProcessingException e) {
      return new Result(400, "text/plain;charset=UTF-8", e.getMessage() + "\n");
    }
  }

  private static String help() {
    return """
    GET  /guests                       all guests
    GET  /guests/VMID/screen           the text on a built-in guest's screen
    GET  /guests/VMID/input            the last keys and pointer events that it saw
    POST /guests/VMID/start|stop       power
    POST /guests/VMID/reboot           another process; consoles end
    POST /guests/VMID/reset            from inside: consoles go on
    POST /guests/VMID/vga?type=none    another display from its next start on
    POST /guests/VMID/migrate?to=NODE  consoles end, the screen goes on elsewhere
    POST /guests/VMID/replace?name=N   another guest with the same number
    POST /guests/VMID/still?on=1       no clock, no blinking cursor
    GET  /faults, /faults/NAME         what is switched on
    GET  /issued                       secrets handed out to clients
    PUT  /faults/NAME                  {"enabled":true,"value":"","node":"","times":-1}
    GET  /tasks                        the task log
    GET  /consoles                     open consoles
    GET  /nodes                        consoles that wait for their connection, now and at most
    POST /nodes/NODE/cut               cuts all connections
    POST /nodes/NODE/restart?ms=2000   cuts all connections and listens again later
    POST /credentials/token            {"id":"relay@pve!k8s","secret":"…"}: changes or adds one
    POST /credentials/password         {"password":"…"}
    POST /credentials/delete           {"id":"relay@pve!k8s"}
    """;
  }

  private String look(int vmid, String what) {
    return what.equals("input") ? simulator.guests().inputText(vmid) : simulator.screenText(vmid);
  }

  private ArrayNode guests() {
    ArrayNode out = mapper.createArrayNode();
    simulator.guests().all().forEach(g -> out.add(GuestJson.of(g)));
    return out;
  }

  private Result steer(int vmid, String action, URI uri) throws JsonProcessingException {
    Map<String, String> query = UrlEncoded.parse(uri.getRawQuery());
    Guest guest = simulator.guests().get(vmid);
    switch (action) {
      case "start" -> simulator.guests().start(vmid);
      case "stop" -> simulator.guests().stop(vmid);
      case "reboot" -> simulator.guests().reboot(vmid);
      case "reset" -> simulator.guests().reset(vmid);
      case "vga" -> simulator.guests().vga(vmid, query.get("type"));
      case "migrate" -> {
        String to = query.getOrDefault("to", "");
        simulator.guests().migrate(vmid, simulator.endpoint(to).node());
      }
      case "replace" -> {
        String name = query.getOrDefault("name", guest.name() + "-new");
        simulator
            .guests()
            .replace(
                new GuestSpec(
                    vmid, name, guest.type(), guest.node(), true, false, guest.hasTerminal()));
      }
      case "still" -> simulator.guests().still(vmid, !query.getOrDefault("on", "1").equals("0"));
      default -> throw new IllegalArgumentException("unknown action " + action);
    }
    return json(GuestJson.of(simulator.guests().get(vmid)));
  }

  private ObjectNode faults() {
    ObjectNode out = mapper.createObjectNode();
    for (Fault fault : Fault.values()) {
      out.set(fault.key(), fault(fault));
    }
    return out;
  }

  private ObjectNode fault(Fault fault) {
    Optional<Faults.Setting> setting = Optional.ofNullable(simulator.faults().active().get(fault));
    ObjectNode out = mapper.createObjectNode().put("enabled", setting.isPresent());
    setting.ifPresent(
        s -> out.put("value", s.value()).put("node", s.node()).put("times", s.times()));
    return out;
  }

  private Result put(Fault fault, String body) throws JsonProcessingException {
    JsonNode wanted = mapper.readTree(body.isBlank() ? "{}" : body);
    if (wanted.path("enabled").asBoolean(true)) {
      simulator
          .faults()
          .on(
              fault,
              new Faults.Setting(
                  wanted.path("node").asText(""),
                  wanted.path("value").asText(""),
                  wanted.path("times").asInt(-1)));
    } else {
      simulator.faults().off(fault);
    }
    return json(fault(fault));
  }

  private ArrayNode tasks() {
    ArrayNode out = mapper.createArrayNode();
    for (TaskLog.Task task : simulator.tasks()) {
      ObjectNode entry =
          out.addObject()
              .put("upid", task.upid())
              .put("node", task.node())
              .put("type", task.type())
              .put("id", task.id())
              .put("user", task.user())
              .put("starttime", task.startTime().getEpochSecond());
      if (task.endTime() != null) {
        entry.put("endtime", task.endTime().getEpochSecond()).put("status", task.status());
      }
    }
    return out;
  }

  private ArrayNode consoles() {
    ArrayNode out = mapper.createArrayNode();
    for (Consoles.View view : simulator.consoles()) {
      out.addObject()
          .put("node", view.node())
          .put("vmid", view.vmid())
          .put("kind", view.kind())
          .put("user", view.authId())
          .put("bytesToClient", view.bytesToClient())
          .put("bytesToGuest", view.bytesToGuest())
          .put("highestQueueToClient", view.highestQueueToClient());
    }
    return out;
  }

  private static Fault known(String key) {
    return Fault.byKey(key).orElseThrow(() -> new IllegalArgumentException("no fault " + key));
  }

  private Result json(JsonNode node) throws JsonProcessingException {
    return new Result(200, "application/json", mapper.writeValueAsString(node) + "\n");
  }

  private static Result text(String text) {
    return new Result(200, "text/plain;charset=UTF-8", text);
  }
}
