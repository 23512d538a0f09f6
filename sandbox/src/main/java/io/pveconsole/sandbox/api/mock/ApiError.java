// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.MockResponse;

/** A refusal, answered as a Kubernetes {@code Status}. */
final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  private ApiError(int code, String reason, String message) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  static ApiError notFound(ApiPath path) {
    return new ApiError(404, "NotFound", path.plural() + " \"" + path.name() + "\" not found");
  }

  static ApiError conflict(String message) {
    return new ApiError(409, "Conflict", message);
  }

  static ApiError invalid(String message) {
    return new ApiError(422, "Invalid", message);
  }

  static ApiError badRequest(String message) {
    return new ApiError(400, "BadRequest", message);
  }

  int code() {
    return code;
  }

  MockResponse response() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
    status.put("message", getMessage()).put("reason", reason).put("code", code);
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(status.toString());
  }
}
