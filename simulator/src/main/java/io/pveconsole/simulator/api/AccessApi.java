// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.auth.Accounts;
import io.pveconsole.simulator.auth.Authenticator;
import io.pveconsole.simulator.auth.Identity;
import io.pveconsole.simulator.auth.Tickets;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/** Login, permissions, version. Source: pve-access-control PVE/API2/AccessControl.pm. */
final class AccessApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Accounts accounts;
  private final Tickets tickets;
  private final Faults faults;

  AccessApi(ClusterState cluster) {
    accounts = cluster.accounts();
    tickets = cluster.tickets();
    faults = cluster.faults();
  }

  List<Route> routes() {
    Schema login =
        Schema.none()
            .required("username", ".{1,64}", "value may only be 64 characters long")
            .required("password", ".*", "")
            .optional("realm", ".{1,32}", "value may only be 32 characters long")
            .optional("otp", ".*", "")
            .optional("tfa-challenge", ".*", "")
            .optional("path", ".*", "")
            .optional("privs", ".*", "")
            .flag("new-format");
    return List.of(
        new Route("POST", "access/ticket", login, true, this::login),
        new Route("GET", "access/ticket", Schema.none(), false, c -> NullNode.getInstance()),
        new Route("GET", "access/domains", Schema.none(), false, c -> domains()),
        new Route(
            "GET",
            "access/permissions",
            Schema.none().optional("path", "/.*", "invalid path").optional("userid", ".*", ""),
            false,
            this::permissions),
        new Route("GET", "version", Schema.none(), false, this::version));
  }

  private JsonNode login(Call call) throws ApiException {
    if (Authenticator.carriesToken(call.request())) {
      throw new ApiException(
          403, "URI 'access/ticket' not available with API token, need proper ticket.");
    }
    String name = call.parameters().getOrDefault("username", "");
    String realm = call.parameter("realm");
    String id = name.contains("@") || realm == null ? name : name + "@" + realm;
    String password = call.parameters().getOrDefault("password", "");
    Accounts.User user = accounts.user(id).orElseThrow(AccessApi::failure);
    String challenge = call.parameter("tfa-challenge");
    ObjectNode data = JSON.objectNode().put("username", id);
    if (challenge != null) {
      String code = "totp:" + user.secondFactor();
      boolean passed = tickets.halfOf(id, challenge) && same(code, password);
      if (!passed || user.secondFactor() == null || call.parameter("otp") != null) {
        throw failure();
      }
      return whole(data, id);
    }
    boolean renewal =
        tickets.user(password).filter(u -> u.equals(id) || u.equals("root@pam")).isPresent();
    if (renewal) {
      return whole(data, id);
    }
    if (!same(user.password(), password)) {
      throw failure();
    }
    String second = user.secondFactor();
    String otp = call.parameter("otp");
    if (second == null || (otp != null && same(second, otp))) {
      return whole(data, id);
    }
    if (otp != null) {
      throw failure();
    }
    return data.put("ticket", tickets.half(id))
        .put("CSRFPreventionToken", tickets.csrf(id))
        .put("NeedTFA", 1);
  }

  private ObjectNode whole(ObjectNode data, String id) {
    Identity user = new Identity(id, null);
    Set<String> rights = accounts.privileges(user, "/vms");
    ObjectNode vms = JSON.objectNode();
    rights.forEach(r -> vms.put(r, 1));
    ObjectNode cap = JSON.objectNode();
    for (String part : List.of("access", "dc", "nodes", "storage", "sdn", "mapping")) {
      cap.set(part, JSON.objectNode());
    }
    cap.set("vms", vms);
    data.put("ticket", tickets.login(id)).put("CSRFPreventionToken", tickets.csrf(id));
    data.set("cap", cap);
    if (accounts.privileges(user, "/").contains("Sys.Audit")) {
      data.put("clustername", "simulator");
    }
    return data;
  }

  private JsonNode permissions(Call call) throws ApiException {
    Identity who = call.identity();
    String one = call.parameter("path");
    List<String> paths = one == null ? accounts.paths() : List.of(one);
    ObjectNode out = JSON.objectNode();
    for (String path : paths) {
      Set<String> rights = accounts.privileges(who, path);
      ObjectNode entry = JSON.objectNode();
      rights.forEach(r -> entry.put(r, 1));
      if (!rights.isEmpty() || one != null) {
        out.set(path, entry);
      }
    }
    return out;
  }

  private static JsonNode domains() {
    ArrayNode out = JSON.arrayNode();
    out.addObject()
        .put("realm", "pam")
        .put("type", "pam")
        .put("comment", "Linux PAM standard authentication");
    out.addObject()
        .put("realm", "pve")
        .put("type", "pve")
        .put("comment", "Proxmox VE authentication server");
    return out;
  }

  private JsonNode version(Call call) {
    boolean old = faults.strike(Fault.TERMPROXY_WITHOUT_TOKENS, call.host()).isPresent();
    return JSON.objectNode()
        .put("version", old ? "9.0.11" : "9.2.11")
        .put("release", old ? "9.0" : "9.2")
        .put("repoid", "5de1ca70");
  }

  private static ApiException failure() {
    return new ApiException(401, "authentication failure");
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
