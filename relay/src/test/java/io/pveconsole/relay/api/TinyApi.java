// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.api;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.grants.Grant;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an API server as a relay uses: reads, lists, watches over WebSocket, merge patches
 * with versions, and a clock of its own. One host, many grants, one namespace.
 */
public final class TinyApi {

  private static final Pattern PATH =
      Pattern.compile(
          "/apis/pveconsole.io/v1alpha1/namespaces/consoles/(\\w+)(?:/([^/]+)(/status)?)?");

  private final HttpServer server;
  private final Map<String, Map<String, JsonObject>> objects =
      Map.of("proxmoxhosts", new TreeMap<>(), "consolegrants", new TreeMap<>());
  private final Map<String, List<ServerWebSocket>> watches =
      Map.of(
          "proxmoxhosts",
          new CopyOnWriteArrayList<>(),
          "consolegrants",
          new CopyOnWriteArrayList<>());
  private final List<JsonObject> hostReports = new CopyOnWriteArrayList<>();
  private final List<String> grantCalls = new CopyOnWriteArrayList<>();
  private volatile Duration clockOffset = Duration.ZERO;
  private volatile boolean listing = true;
  private long version = 100;

  public TinyApi(Vertx vertx) {
    this.server =
        Futures.value(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
  }

  public int port() {
    return server.actualPort();
  }

  /** How far its clock is ahead. */
  public void clockOffset(Duration offset) {
    clockOffset = offset;
  }

  /** Whether lists are answered; single objects always are. */
  public void listing(boolean on) {
    listing = on;
  }

  /** What relays reported on the host. */
  public List<JsonObject> hostReports() {
    return hostReports;
  }

  /** The methods of the calls for single grants. */
  public List<String> grantCalls() {
    return grantCalls;
  }

  public int openWatches() {
    return watches.values().stream().mapToInt(List::size).sum();
  }

  public void put(ProxmoxHost host) {
    put("proxmoxhosts", new JsonObject(Serialization.asJson(host)));
  }

  /** Makes or changes one as the operator does; its status stays. */
  public void put(Grant grant) {
    ConsoleGrant object = new ConsoleGrant();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(grant.name())
            .withNamespace("consoles")
            .withUid(grant.uid())
            .addToLabels(Api.HOST_LABEL, "pve7")
            .build());
    object.setSpec(grant.spec());
    put("consolegrants", new JsonObject(Serialization.asJson(object)));
  }

  /** The object as JSON. */
  public synchronized JsonObject get(String kind, String name) {
    return objects.get(kind).get(name);
  }

  /** Changes the spec of what is there. */
  public synchronized void edit(String kind, String name, JsonObject spec) {
    JsonObject next = get(kind, name).copy();
    next.getJsonObject("spec").mergeIn(spec, true);
    put(kind, next);
  }

  private synchronized void put(String kind, JsonObject object) {
    String name = object.getJsonObject("metadata").getString("name");
    JsonObject before = objects.get(kind).get(name);
    if (before != null && before.containsKey("status")) {
      object.put("status", before.getJsonObject("status"));
    }
    store(kind, name, object, before == null ? "ADDED" : "MODIFIED");
  }

  public synchronized void delete(String kind, String name) {
    JsonObject gone = objects.get(kind).remove(name);
    gone.getJsonObject("metadata").put("resourceVersion", String.valueOf(++version));
    tell(kind, "DELETED", gone);
  }

  private void store(String kind, String name, JsonObject object, String event) {
    object.getJsonObject("metadata").put("resourceVersion", String.valueOf(++version));
    objects.get(kind).put(name, object);
    tell(kind, event, object);
  }

  private void tell(String kind, String type, JsonObject object) {
    String event = new JsonObject().put("type", type).put("object", object).encode();
    watches.get(kind).forEach(socket -> socket.writeTextMessage(event));
  }

  private void answer(HttpServerRequest request) {
    request
        .response()
        .putHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(clockOffset).atOffset(ZoneOffset.UTC)));
    Matcher path = PATH.matcher(request.path());
    if (!path.matches() || !objects.containsKey(path.group(1))) {
      request.response().setStatusCode(404).end();
    } else if ("true".equals(request.getParam("watch"))) {
      watch(request, path.group(1));
    } else if (path.group(2) == null) {
      send(request, listing ? 200 : 500, listing ? list(path.group(1)) : status(500));
    } else {
      single(request, path);
    }
  }

  private void single(HttpServerRequest request, Matcher path) {
    if (path.group(1).equals("consolegrants")) {
      grantCalls.add(request.method().name());
    }
    if (path.group(3) == null) {
      read(request, path.group(1), path.group(2));
    } else {
      request
          .body()
          .onSuccess(body -> patch(request, path.group(1), path.group(2), body.toJsonObject()));
    }
  }

  private void watch(HttpServerRequest request, String kind) {
    if (request.getHeader("Origin") == null) {
      send(request, 403, status(403));
      return;
    }
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              watches.get(kind).add(socket);
              socket.closeHandler(v -> watches.get(kind).remove(socket));
              long from = Long.parseLong(request.getParam("resourceVersion", "0"));
              missed(kind, from).forEach(socket::writeTextMessage);
            });
  }

  private synchronized List<String> missed(String kind, long from) {
    List<String> events = new ArrayList<>();
    objects.get(kind).values().stream()
        .filter(
            object ->
                Long.parseLong(object.getJsonObject("metadata").getString("resourceVersion"))
                    > from)
        .forEach(
            object ->
                events.add(
                    new JsonObject().put("type", "MODIFIED").put("object", object).encode()));
    return events;
  }

  private synchronized JsonObject list(String kind) {
    return new JsonObject()
        .put("apiVersion", "pveconsole.io/v1alpha1")
        .put("kind", "List")
        .put("metadata", new JsonObject().put("resourceVersion", String.valueOf(version)))
        .put("items", new JsonArray(new ArrayList<>(objects.get(kind).values())));
  }

  private synchronized void read(HttpServerRequest request, String kind, String name) {
    JsonObject found = objects.get(kind).get(name);
    send(request, found == null ? 404 : 200, found == null ? status(404) : found);
  }

  private synchronized void patch(
      HttpServerRequest request, String kind, String name, JsonObject patch) {
    JsonObject found = objects.get(kind).get(name);
    if (kind.equals("proxmoxhosts")) {
      hostReports.add(patch);
      send(request, 200, found);
      return;
    }
    if (found == null) {
      send(request, 404, status(404));
      return;
    }
    String wanted = patch.getJsonObject("metadata").getString("resourceVersion");
    if (!wanted.equals(found.getJsonObject("metadata").getString("resourceVersion"))) {
      send(request, 409, status(409));
      return;
    }
    JsonObject next = found.copy();
    JsonObject status = next.getJsonObject("status", new JsonObject());
    patch
        .getJsonObject("status")
        .forEach(
            field -> {
              if (field.getValue() == null) {
                status.remove(field.getKey());
              } else {
                status.put(field.getKey(), field.getValue());
              }
            });
    store(kind, name, next.put("status", status), "MODIFIED");
    send(request, 200, next);
  }

  private static JsonObject status(int code) {
    return new JsonObject()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("code", code);
  }

  private static void send(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode());
  }
}
