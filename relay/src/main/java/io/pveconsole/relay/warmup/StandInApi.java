// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As much of an API server as a relay asks for, on a loopback port: one host, and grants that are
 * listed, watched, read, and written if the version is right. Safe from any thread.
 */
final class StandInApi {

  private static final Logger LOG = LoggerFactory.getLogger(StandInApi.class);

  /** Where a path says of what kind it is: /apis/GROUP/VERSION/namespaces/NAMESPACE/KIND/NAME. */
  private static final int KIND = 6;

  private static final int NAME = 7;
  private static final String GRANTS = "consolegrants";

  private final JsonObject host;
  private final Map<String, JsonObject> grants = new ConcurrentHashMap<>();
  private final Set<ServerWebSocket> watchers = ConcurrentHashMap.newKeySet();
  private final AtomicLong version = new AtomicLong(1);

  /**
   * Without grants.
   *
   * @param host the only one, which never changes
   */
  StandInApi(JsonObject host) {
    this.host = host;
  }

  Future<HttpServer> listen(Vertx vertx, LoopbackCertificate certificate, TlsEngine engine) {
    HttpServerOptions options = new HttpServerOptions();
    options.setSsl(true).setKeyCertOptions(certificate.forServer());
    options.setSslEngineOptions(engine.options());
    return vertx.createHttpServer(options).requestHandler(this::answer).listen(0, "127.0.0.1");
  }

  /** Takes a grant in; returns it with its version. */
  Grant put(Grant grant) {
    String current = Long.toString(version.incrementAndGet());
    JsonObject object =
        new JsonObject()
            .put("apiVersion", Api.GROUP + "/" + Api.VERSION)
            .put("kind", "ConsoleGrant")
            .put(
                "metadata",
                new JsonObject()
                    .put("namespace", WarmupHost.NAME)
                    .put("name", grant.name())
                    .put("uid", grant.uid())
                    .put("resourceVersion", current))
            .put("spec", JsonObject.mapFrom(grant.spec()))
            .put("status", new JsonObject());
    grants.put(grant.name(), object);
    tell("ADDED", object);
    return new Grant(grant.name(), grant.uid(), current, grant.spec(), grant.status());
  }

  void remove(String session) {
    JsonObject last = grants.remove(session);
    if (last != null) {
      tell("DELETED", last);
    }
  }

  private void tell(String type, JsonObject object) {
    String event = new JsonObject().put("type", type).put("object", object).encode();
    watchers.forEach(watcher -> watcher.writeTextMessage(event).onFailure(StandInApi::notSent));
  }

  private static void notSent(Throwable thrown) {
    LOG.atDebug().addKeyValue("error", thrown.toString()).log("answer not sent");
  }

  private void answer(HttpServerRequest request) {
    List<String> path = List.of(request.path().split("/"));
    boolean ofGrants = path.get(KIND).equals(GRANTS);
    if (request.getParam("watch") != null) {
      request.toWebSocket().onSuccess(ws -> watch(ws, ofGrants)).onFailure(StandInApi::notSent);
      return;
    }
    String name = path.size() > NAME ? path.get(NAME) : "";
    boolean writes = request.method().equals(HttpMethod.PATCH);
    request
        .body()
        .compose(
            body ->
                ofGrants && writes
                    ? patch(request.response(), name, body.toJsonObject())
                    : send(request.response(), ofGrants ? grants(name) : host(name)))
        .onFailure(StandInApi::notSent);
  }

  private @Nullable JsonObject grants(String name) {
    return name.isEmpty() ? list(List.copyOf(grants.values())) : grants.get(name);
  }

  private JsonObject host(String name) {
    return name.isEmpty() ? list(List.of(host)) : host;
  }

  private void watch(ServerWebSocket watcher, boolean ofGrants) {
    if (ofGrants) {
      watchers.add(watcher);
      watcher.closeHandler(v -> watchers.remove(watcher));
    }
  }

  private JsonObject list(List<JsonObject> items) {
    String current = Long.toString(version.get());
    return new JsonObject()
        .put("apiVersion", Api.GROUP + "/" + Api.VERSION)
        .put("kind", "List")
        .put("metadata", new JsonObject().put("resourceVersion", current))
        .put("items", new JsonArray(items));
  }

  private Future<Void> patch(HttpServerResponse response, String name, JsonObject patch) {
    JsonObject known = grants.get(name);
    if (known == null) {
      return send(response, null);
    }
    JsonObject next = merged(known, patch.getJsonObject("status"));
    boolean newest = versionOf(patch).equals(versionOf(known)) && grants.replace(name, known, next);
    if (!newest) {
      return response.setStatusCode(HttpURLConnection.HTTP_CONFLICT).end("{}");
    }
    tell("MODIFIED", next);
    return send(response, next);
  }

  private static String versionOf(JsonObject object) {
    return object.getJsonObject("metadata").getString("resourceVersion");
  }

  /** RFC 7396, as far as a grant's status needs it. */
  private JsonObject merged(JsonObject object, JsonObject changes) {
    JsonObject next = object.copy();
    String current = Long.toString(version.incrementAndGet());
    next.getJsonObject("metadata").put("resourceVersion", current);
    JsonObject status = next.getJsonObject("status");
    changes.forEach(
        field -> {
          if (field.getValue() == null) {
            status.remove(field.getKey());
          } else {
            status.put(field.getKey(), field.getValue());
          }
        });
    return next;
  }

  private static Future<Void> send(HttpServerResponse response, @Nullable JsonObject object) {
    response
        .putHeader("Content-Type", "application/json")
        .putHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
    return object == null
        ? response.setStatusCode(HttpURLConnection.HTTP_NOT_FOUND).end("{}")
        : response.end(object.toBuffer());
  }
}
