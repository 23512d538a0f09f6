// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Fabric8's CRUD dispatcher with the writes done as a real API server does them: server-side apply,
 * merge patch, JSON patch, optimistic locking on every path, the status subresource, delete
 * preconditions. Reads, watches, creation and finalizers are Fabric8's. Requests are handled one at
 * a time.
 */
final class MockApiDispatcher extends KubernetesCrudDispatcher {

  private static final String VERSION =
      "{\"major\":\"1\",\"minor\":\"33\",\"gitVersion\":\"v1.33.0-mock\"}";
  private static final Set<String> SEPARATE_STATUS =
      Set.of(
          "proxmoxhosts",
          "consolesessions",
          "consolegrants",
          "deployments",
          "pods",
          "services",
          "ingresses",
          "poddisruptionbudgets",
          "horizontalpodautoscalers");

  private final ObjectMapper json = new ObjectMapper();
  private final ObjectMapper yaml = new YAMLMapper();
  private final ListMaps listMaps;
  private final StoredObjects objects = new StoredObjects(this);

  MockApiDispatcher(ListMaps listMaps) {
    this.listMaps = listMaps;
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    ApiPath path = ApiPath.parse(request.getPath());
    try {
      return switch (request.method()) {
        case GET -> get(request, path);
        case POST -> post(path, body(request));
        case PUT -> put(path, body(request));
        case PATCH -> patch(request, path);
        case DELETE -> delete(request, path);
        default -> super.dispatch(request);
      };
    } catch (ApiError e) {
      return e.response();
    } catch (JsonProcessingException e) {
      return ApiError.badRequest("the body is neither JSON nor YAML").response();
    }
  }

  private MockResponse get(RecordedRequest request, ApiPath path) throws JsonProcessingException {
    if (path.collection().equals("/version")) {
      return answer(200, VERSION);
    }
    String selector = path.parameter("fieldSelector");
    if (path.isWatch() || !ListSelectors.isNeeded(selector)) {
      MockResponse found = super.dispatch(request);
      return found.code() == 404 && path.name() != null
          ? ApiError.notFound(path).response()
          : found;
    }
    ObjectNode list = parse(forward(HttpMethod.GET, path.collection(), "").getBody().readUtf8());
    ListSelectors.filter(list, selector);
    return answer(200, list.toString());
  }

  private MockResponse post(ApiPath path, ObjectNode body) {
    if (path.name() != null) {
      throw ApiError.notFound(path);
    }
    SecretData.normalise(body);
    if (SEPARATE_STATUS.contains(path.plural())) {
      body.remove("status");
    }
    return forward(HttpMethod.POST, path.collection(), body.toString());
  }

  private MockResponse put(ApiPath path, ObjectNode body) throws JsonProcessingException {
    SecretData.normalise(body);
    return store(path, objects.get(path), body, body.path("metadata"));
  }

  private MockResponse patch(RecordedRequest request, ApiPath path) throws JsonProcessingException {
    String type = String.valueOf(request.getHeader("Content-Type"));
    if (type.contains("json-patch+json")) {
      ObjectNode current = objects.get(path);
      JsonNode operations = json.readTree(request.getUtf8Body());
      ObjectNode next = new JsonPatchDocument(operations).applyTo(current);
      return store(path, current, next, MissingNode.getInstance());
    }
    ObjectNode body = body(request);
    SecretData.normalise(body);
    if (type.contains("apply-patch")) {
      return apply(path, body);
    }
    if (!type.contains("merge-patch+json") || type.contains("strategic")) {
      return answer(415, "");
    }
    ObjectNode current = objects.get(path);
    return store(path, current, MergePatch.apply(current, body), body.path("metadata"));
  }

  private MockResponse apply(ApiPath path, ObjectNode body) throws JsonProcessingException {
    String manager = path.parameter("fieldManager");
    if (manager.isEmpty()) {
      throw ApiError.badRequest("fieldManager is required for apply");
    }
    JsonNode preconditions = body.path("metadata").deepCopy();
    if (path.isStatus()) {
      body.retain("apiVersion", "kind", "status");
    } else if (SEPARATE_STATUS.contains(path.plural())) {
      body.remove("status");
    }
    ServerSideApply apply = new ServerSideApply(listMaps, path.plural(), manager, path.isStatus());
    if (!path.isStatus() && !objects.exists(path)) {
      ObjectNode empty = json.createObjectNode();
      MockResponse created =
          forward(HttpMethod.POST, path.collection(), apply.apply(empty, body).toString());
      return created;
    }
    ObjectNode current = objects.get(path);
    return store(path, current, apply.apply(current, body), preconditions);
  }

  private MockResponse store(
      ApiPath path, ObjectNode current, ObjectNode wanted, JsonNode preconditions)
      throws JsonProcessingException {
    ObjectUpdate.checkPreconditions(current, preconditions);
    boolean separate = SEPARATE_STATUS.contains(path.plural());
    ObjectNode next = ObjectUpdate.permitted(current, wanted, path.isStatus(), separate);
    return answer(200, objects.save(path, current, next).toString());
  }

  private MockResponse delete(RecordedRequest request, ApiPath path)
      throws JsonProcessingException {
    String body = request.getUtf8Body();
    if (path.name() != null) {
      JsonNode options = body.isBlank() ? MissingNode.getInstance() : parse(body);
      ObjectUpdate.checkPreconditions(objects.get(path), options.path("preconditions"));
    }
    return super.dispatch(request);
  }

  /** Lets Fabric8's dispatcher do a request of our own. */
  private MockResponse forward(HttpMethod method, String path, String body) {
    Headers headers = Headers.builder().add("Content-Type", "application/json").build();
    Buffer buffer = new Buffer(body.getBytes(StandardCharsets.UTF_8));
    return super.dispatch(new RecordedRequest("HTTP/1.1", method, path, headers, buffer));
  }

  private ObjectNode body(RecordedRequest request) throws JsonProcessingException {
    return parse(request.getUtf8Body());
  }

  private ObjectNode parse(String text) throws JsonProcessingException {
    ObjectMapper format = text.stripLeading().startsWith("{") ? json : yaml;
    if (format.readTree(text) instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("the body is not an object");
  }

  static MockResponse answer(int code, String body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body);
  }
}
