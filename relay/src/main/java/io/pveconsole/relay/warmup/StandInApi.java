// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.relay.grants.Grant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As much of an API server as the opening of a console asks for, on a loopback port: grants that
 * are read, and written if the version is right. Safe from any thread.
 */
final class StandInApi {

  private static final Logger LOG = LoggerFactory.getLogger(StandInApi.class);

  private final Map<String, JsonObject> grants = new ConcurrentHashMap<>();

  Future<HttpServer> listen(Vertx vertx) {
    return vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1");
  }

  void put(Grant grant) {
    grants.put(
        grant.name(),
        new JsonObject()
            .put("apiVersion", "pveconsole.io/v1alpha1")
            .put("kind", "ConsoleGrant")
            .put(
                "metadata",
                new JsonObject()
                    .put("name", grant.name())
                    .put("uid", grant.uid())
                    .put("resourceVersion", grant.resourceVersion())
                    .put("generation", 1)
                    .put("creationTimestamp", Instant.now().toString())
                    .put("labels", new JsonObject().put(Api.HOST_LABEL, WarmupHost.NAME))
                    .put("managedFields", new JsonArray().add(writer())))
            .put("spec", JsonObject.mapFrom(grant.spec()))
            .put("status", new JsonObject()));
  }

  /** Who has written which field, as the API server tells of each object. */
  private static JsonObject writer() {
    return new JsonObject()
        .put("manager", "pveconsole-operator")
        .put("operation", "Apply")
        .put("apiVersion", "pveconsole.io/v1alpha1")
        .put("time", "2026-01-01T00:00:00Z")
        .put("fieldsType", "FieldsV1")
        .put("fieldsV1", new JsonObject().put("f:spec", new JsonObject().put("f:end", "")));
  }

  void remove(String session) {
    grants.remove(session);
  }

  private void answer(HttpServerRequest request) {
    String[] path = request.path().split("/", -1);
    boolean status = path[path.length - 1].equals("status");
    String name = path[path.length - (status ? 2 : 1)];
    request
        .body()
        .compose(
            body ->
                status
                    ? patch(request.response(), name, body.toJsonObject())
                    : send(request.response(), grants.get(name)))
        .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("answer not sent"));
  }

  private Future<Void> patch(HttpServerResponse response, String name, JsonObject patch) {
    JsonObject known = grants.get(name);
    if (known == null) {
      return send(response, null);
    }
    JsonObject next = merged(known, patch.getJsonObject("status"));
    boolean newest = version(patch).equals(version(known)) && grants.replace(name, known, next);
    return newest
        ? send(response, next)
        : response.setStatusCode(HttpURLConnection.HTTP_CONFLICT).end("{}");
  }

  private static String version(JsonObject object) {
    return object.getJsonObject("metadata").getString("resourceVersion");
  }

  /** RFC 7396, as far as a grant's status needs it. */
  private static JsonObject merged(JsonObject object, JsonObject changes) {
    JsonObject next = object.copy();
    String version = Long.toString(Long.parseLong(version(object)) + 1);
    next.getJsonObject("metadata").put("resourceVersion", version);
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
        .putHeader("Audit-Id", "00000000-0000-4000-8000-000000000000")
        .putHeader("Cache-Control", "no-cache, private")
        .putHeader("Content-Type", "application/json")
        .putHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
    return object == null
        ? response.setStatusCode(HttpURLConnection.HTTP_NOT_FOUND).end("{}")
        : response.end(object.toBuffer());
  }
}
