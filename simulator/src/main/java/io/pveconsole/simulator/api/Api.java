// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.ConsoleStyle;
import io.pveconsole.simulator.auth.Authenticator;
import io.pveconsole.simulator.auth.Unauthorized;
import io.pveconsole.simulator.console.ConsoleChannel;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.http.Admission;
import io.pveconsole.simulator.http.HttpRequest;
import io.pveconsole.simulator.http.Reply;
import io.pveconsole.simulator.http.RequestHandler;
import io.pveconsole.simulator.http.UrlEncoded;
import io.pveconsole.simulator.websocket.WebSocketBridge;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The API of one node: authentication, routing, parameters, errors, and the upgrade to WebSocket.
 */
public final class Api implements RequestHandler {
  private static final String BASE = "/api2/json/";
  private static final Set<String> OPEN =
      Set.of("POST access/ticket", "GET access/ticket", "GET access/domains");
  private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final String host;
  private final ClusterState cluster;
  private final Authenticator authenticator;
  private final List<Route> routes = new ArrayList<>();
  private final ObjectMapper mapper = new ObjectMapper();
  private final AtomicLong consoles = new AtomicLong();

  /** The API as node {@code host} serves it. */
  public Api(String host, ClusterState cluster) {
    this.host = host;
    this.cluster = cluster;
    authenticator =
        new Authenticator(
            cluster.accounts(), cluster.tickets(), cluster.style() == ConsoleStyle.NEW);
    GuestAccess access = new GuestAccess(cluster);
    routes.addAll(new AccessApi(cluster).routes());
    routes.addAll(new InventoryApi(cluster, access).routes());
    routes.addAll(new ConsoleApi(cluster, access).routes());
  }

  @Override
  public Admission admit(HttpRequest request) {
    if (!request.path().startsWith(BASE)) {
      return new Admission.Refused(new Reply.Answer(501, "no such uri", null, false));
    }
    if (OPEN.contains(request.method() + " " + relative(request))) {
      return new Admission.Granted(null);
    }
    try {
      return new Admission.Granted(authenticator.identify(request));
    } catch (Unauthorized e) {
      String reason = String.valueOf(e.getMessage());
      return new Admission.Refused(new Reply.Answer(401, reason, null, false));
    }
  }

  @Override
  public Reply handle(HttpRequest request, Admission.Granted granted) {
    boolean daemon = false;
    try {
      for (Route route : routes) {
        Optional<Map<String, String>> path = route.match(relative(request));
        if (path.isPresent() && route.method().equals(request.method())) {
          daemon = route.daemon();
          Call call = new Call(host, granted.identity(), request, path.get(), parameters(request));
          route.schema().verify(call.parameters());
          JsonNode data = route.endpoint().call(call);
          return upgradeAsked(request) ? upgrade(call) : answer(data, daemon);
        }
      }
      throw new ApiException(
          501, "Method '" + request.method() + " /" + relative(request) + "' not implemented");
    } catch (ApiException e) {
      return error(e, daemon);
    }
  }

  private static String relative(HttpRequest request) {
    return request.path().substring(BASE.length());
  }

  private Map<String, String> parameters(HttpRequest request) throws ApiException {
    Map<String, String> all = new LinkedHashMap<>();
    String type = request.header("content-type");
    if (type != null && type.startsWith("application/json") && !request.body().isEmpty()) {
      try {
        JsonNode body = mapper.readTree(request.body());
        body.properties().forEach(e -> all.put(e.getKey(), e.getValue().asText()));
      } catch (JsonProcessingException e) {
        throw new ApiException(500, "malformed JSON string");
      }
    } else {
      all.putAll(UrlEncoded.parse(request.body()));
    }
    all.putAll(UrlEncoded.parse(request.query()));
    all.remove("_dc");
    return all;
  }

  private static boolean upgradeAsked(HttpRequest request) {
    return request.header("upgrade") != null
        && request.method().equals("GET")
        && request.path().endsWith("websocket");
  }

  private Reply upgrade(Call call) throws ApiException {
    HttpRequest request = call.request();
    String to = String.valueOf(request.header("upgrade")).toLowerCase(Locale.ROOT);
    String version = request.header("sec-websocket-version");
    String key = request.header("sec-websocket-key");
    if (!to.equals("websocket")) {
      throw new ApiException(500, "unable to upgrade to protocol '" + to + "'");
    }
    if (version == null || !version.equals("13")) {
      throw new ApiException(500, "unsupported websocket-version '" + version + "'");
    }
    if (key == null) {
      throw new ApiException(500, "missing websocket-key");
    }
    int port = Integer.parseInt(call.parameters().getOrDefault("port", "0"));
    boolean dead = cluster.faults().strike(Fault.DEAD_PORT, host).isPresent();
    Optional<ConsoleChannel> channel =
        dead ? Optional.empty() : cluster.consoles().connect(host, port);
    if (channel.isEmpty()) {
      return cluster.brutal() ? new Reply.WorkerDeath() : new Reply.Silence();
    }
    OptionalLong drop =
        cluster.faults().strike(Fault.DROP_AFTER_BYTES, host).stream()
            .mapToLong(s -> s.number(1000))
            .findFirst();
    long seed = cluster.frameSeed() + consoles.getAndIncrement();
    String protocol = request.header("sec-websocket-protocol");
    return new Reply.Upgrade(
        accept(key),
        protocol == null ? "" : protocol,
        new WebSocketBridge(channel.get(), seed, cluster.brutal(), drop));
  }

  private Reply answer(JsonNode data, boolean daemon) {
    ObjectNode body = mapper.createObjectNode();
    body.set("data", data);
    return new Reply.Answer(200, "OK", json(body), daemon);
  }

  private Reply error(ApiException e, boolean daemon) {
    ObjectNode body = mapper.createObjectNode();
    body.putNull("data");
    if (cluster.faults().strike(Fault.REASON_ONLY, host).isEmpty()) {
      body.put("message", e.reason() + "\n");
    }
    if (!e.errors().isEmpty()) {
      ObjectNode errors = body.putObject("errors");
      e.errors().forEach(errors::put);
    }
    return new Reply.Answer(e.status(), e.reason(), json(body), daemon);
  }

  private @Nullable String json(ObjectNode body) {
    try {
      return mapper.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
