// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** The CRUD mock with server-side apply: lists are atomic, managers do not conflict. */
final class SsaDispatcher extends KubernetesMixedDispatcher {

  private final List<String> writes = new CopyOnWriteArrayList<>();

  SsaDispatcher(Map<ServerRequest, Queue<ServerResponse>> responses) {
    super(responses);
  }

  List<String> writes() {
    return List.copyOf(writes);
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    String type = String.valueOf(request.getHeader("Content-Type"));
    if (request.method() != HttpMethod.PATCH || !type.contains("apply-patch")) {
      if (request.method() != HttpMethod.GET) {
        writes.add(request.method() + " " + request.getPath());
      }
      return super.dispatch(withoutQueryOfStatus(request));
    }
    try {
      return apply(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mock knows a status by the end of its path only. */
  private static RecordedRequest withoutQueryOfStatus(RecordedRequest request) {
    int query = request.getPath().indexOf("/status?");
    return query < 0
        ? request
        : new RecordedRequest(
            "HTTP/1.1",
            request.method(),
            request.getPath().substring(0, query) + "/status",
            request.getHeaders(),
            request.getBody());
  }

  private MockResponse apply(RecordedRequest request) throws JsonProcessingException {
    String path = request.getPath().replaceFirst("\\?.*$", "");
    String manager = request.getPath().replaceFirst(".*fieldManager=([^&]*).*", "$1");
    boolean status = path.endsWith("/status");
    ObjectNode body =
        (ObjectNode) Serialization.yamlMapper().readTree(request.getBody().readUtf8());
    MockResponse found = send(HttpMethod.GET, path.replaceFirst("/status$", ""), null);
    if (found.code() != 200) {
      if (status) {
        return new MockResponse().setResponseCode(404);
      }
      managed(body, body, manager, false);
      writes.add("PATCH " + path);
      return send(HttpMethod.POST, path.replaceFirst("/[^/]+$", ""), body);
    }
    ObjectNode next = (ObjectNode) Serialization.jsonMapper().readTree(found.getBody().readUtf8());
    ObjectNode before = next.deepCopy();
    for (JsonNode field : next.path("metadata").path("managedFields")) {
      if (same(field, manager, status)) {
        prune(next, body, field.get("fieldsV1"));
      }
    }
    merge(next, body);
    if (!body.path("metadata").has("resourceVersion")) {
      ((ObjectNode) next.get("metadata")).remove("resourceVersion");
    }
    managed(next, body, manager, status);
    if (!sameContent(before, next)) {
      writes.add("PATCH " + path);
    }
    return send(HttpMethod.PUT, path, next);
  }

  private static boolean sameContent(ObjectNode before, ObjectNode after) {
    ObjectNode one = before.deepCopy();
    ObjectNode other = after.deepCopy();
    ((ObjectNode) one.get("metadata")).remove("resourceVersion");
    ((ObjectNode) other.get("metadata")).remove("resourceVersion");
    return one.equals(other);
  }

  private MockResponse send(HttpMethod method, String path, JsonNode body) {
    byte[] bytes =
        body == null ? new byte[0] : Serialization.asJson(body).getBytes(StandardCharsets.UTF_8);
    Headers headers = Headers.builder().add("Content-Type", "application/json").build();
    return super.dispatch(
        new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer(bytes)));
  }

  private static boolean same(JsonNode field, String manager, boolean status) {
    return field.path("manager").asText().equals(manager)
        && field.path("subresource").asText("").equals(status ? "status" : "");
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(
            entry -> {
              if (into.get(entry.getKey()) instanceof ObjectNode target
                  && entry.getValue() instanceof ObjectNode source) {
                merge(target, source);
              } else {
                into.set(entry.getKey(), entry.getValue());
              }
            });
  }

  /** Drops what this manager applied before and no longer applies. */
  private static void prune(ObjectNode node, JsonNode applied, JsonNode owned) {
    owned
        .properties()
        .forEach(
            entry -> {
              String key = entry.getKey().substring(2);
              if (!applied.has(key)) {
                node.remove(key);
              } else if (node.get(key) instanceof ObjectNode object) {
                prune(object, applied.get(key), entry.getValue());
              }
            });
  }

  private static void managed(
      ObjectNode target, ObjectNode applied, String manager, boolean status) {
    ArrayNode list = ((ObjectNode) target.get("metadata")).withArray("managedFields");
    int at = 0;
    while (at < list.size() && !same(list.get(at), manager, status)) {
      at++;
    }
    if (at == list.size()) {
      list.addObject();
    }
    ObjectNode entry =
        ((ObjectNode) list.get(at))
            .removeAll()
            .put("manager", manager)
            .put("operation", "Apply")
            .put("apiVersion", applied.path("apiVersion").asText())
            .put("fieldsType", "FieldsV1");
    if (status) {
      entry.put("subresource", "status");
    }
    ObjectNode copy = applied.deepCopy();
    copy.remove(List.of("apiVersion", "kind"));
    ((ObjectNode) copy.get("metadata"))
        .remove(List.of("name", "namespace", "uid", "managedFields", "resourceVersion"));
    entry.set("fieldsV1", fields(copy));
  }

  private static ObjectNode fields(ObjectNode node) {
    ObjectNode out = Serialization.jsonMapper().createObjectNode();
    node.properties()
        .forEach(
            entry ->
                out.set(
                    "f:" + entry.getKey(),
                    entry.getValue() instanceof ObjectNode object
                        ? fields(object)
                        : Serialization.jsonMapper().createObjectNode()));
    return out;
  }
}
