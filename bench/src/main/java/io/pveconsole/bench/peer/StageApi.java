// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an API server as a relay uses, over TLS: reads, lists, watches over WebSocket, and
 * merge patches of a status with its version. It is quick, so that the relay is what is measured.
 */
final class StageApi {

  private static final Pattern PATH =
      Pattern.compile(
          "/apis/pveconsole.io/v1alpha1/namespaces/"
              + StageObjects.NAMESPACE
              + "/(\\w+)(?:/([^/]+)(/status)?)?");

  private final HttpServer server;
  private final Map<String, Kind> kinds =
      Map.of("proxmoxhosts", new Kind(), "consolegrants", new Kind());
  private long version;

  /** The objects of one kind by name, and who watches them. */
  private static final class Kind {
    private final Map<String, JsonObject> objects = new TreeMap<>();
    private final List<ServerWebSocket> watches = new CopyOnWriteArrayList<>();
  }

  /** Starts it on any port of 127.0.0.1. */
  StageApi(Vertx vertx, StageOptions options) {
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setSslEngineOptions(TlsEngine.best().options())
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertPath(options.certificate().toString())
                            .addKeyPath(options.key().toString())))
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  /** Makes an object, or another version of it. */
  void put(String kind, JsonObject object) {
    put(Objects.requireNonNull(kinds.get(kind)), object);
  }

  private synchronized JsonObject put(Kind kind, JsonObject object) {
    JsonObject metadata = object.getJsonObject("metadata");
    metadata.put("resourceVersion", String.valueOf(++version));
    boolean isNew = kind.objects.put(metadata.getString("name"), object) == null;
    String event =
        new JsonObject().put("type", isNew ? "ADDED" : "MODIFIED").put("object", object).encode();
    kind.watches.forEach(socket -> socket.writeTextMessage(event));
    return object;
  }

  private void answer(HttpServerRequest request) {
    Matcher path = PATH.matcher(request.path());
    Kind kind = path.matches() ? kinds.get(path.group(1)) : null;
    if (kind == null) {
      send(request, 404, failure(404));
    } else if ("true".equals(request.getParam("watch"))) {
      watch(request, kind);
    } else if (path.group(2) == null) {
      send(request, 200, list(kind));
    } else if (path.group(3) == null) {
      read(request, kind, path.group(2));
    } else {
      request.body().onSuccess(body -> patch(request, kind, path.group(2), body.toJsonObject()));
    }
  }

  private void watch(HttpServerRequest request, Kind kind) {
    long from = Long.parseLong(request.getParam("resourceVersion", "0"));
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              kind.watches.add(socket);
              socket.closeHandler(v -> kind.watches.remove(socket));
              missed(kind, from).forEach(socket::writeTextMessage);
            });
  }

  private synchronized List<String> missed(Kind kind, long from) {
    return kind.objects.values().stream()
        .filter(object -> Long.parseLong(version(object)) > from)
        .map(object -> new JsonObject().put("type", "MODIFIED").put("object", object).encode())
        .toList();
  }

  private static String version(JsonObject object) {
    return object.getJsonObject("metadata").getString("resourceVersion");
  }

  private synchronized JsonObject list(Kind kind) {
    return new JsonObject()
        .put("apiVersion", "pveconsole.io/v1alpha1")
        .put("kind", "List")
        .put("metadata", new JsonObject().put("resourceVersion", String.valueOf(version)))
        .put("items", new JsonArray(new ArrayList<>(kind.objects.values())));
  }

  private synchronized void read(HttpServerRequest request, Kind kind, String name) {
    JsonObject found = kind.objects.get(name);
    send(request, found == null ? 404 : 200, found == null ? failure(404) : found);
  }

  private synchronized void patch(
      HttpServerRequest request, Kind kind, String name, JsonObject patch) {
    JsonObject found = kind.objects.get(name);
    if (found == null) {
      send(request, 404, failure(404));
      return;
    }
    String wanted = patch.getJsonObject("metadata").getString("resourceVersion");
    if (wanted != null && !wanted.equals(version(found))) {
      send(request, 409, failure(409));
      return;
    }
    JsonObject next = found.copy();
    JsonObject status = next.getJsonObject("status", new JsonObject());
    for (Map.Entry<String, Object> field : patch.getJsonObject("status")) {
      if (field.getValue() == null) {
        status.remove(field.getKey());
      } else {
        status.put(field.getKey(), field.getValue());
      }
    }
    send(request, 200, put(kind, next.put("status", status)));
  }

  private static JsonObject failure(int code) {
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
        .putHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)))
        .end(body.toBuffer());
  }
}
