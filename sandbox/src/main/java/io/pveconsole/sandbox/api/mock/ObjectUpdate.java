// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a write through the object or through its status may change, and what the server keeps. */
final class ObjectUpdate {

  private static final List<String> SERVER_OWNED =
      List.of("uid", "creationTimestamp", "generation", "resourceVersion", "deletionTimestamp");

  private ObjectUpdate() {}

  /** Refuses a write that names an outdated resourceVersion or another uid. */
  static void checkPreconditions(ObjectNode current, JsonNode metadata) {
    compare(current, metadata, "resourceVersion");
    compare(current, metadata, "uid");
  }

  private static void compare(ObjectNode current, JsonNode metadata, String field) {
    String asked = metadata.path(field).asText("");
    String actual = current.path("metadata").path(field).asText();
    if (!asked.isEmpty() && !asked.equals(actual)) {
      throw ApiError.conflict(
          "the object has been modified: " + field + " is " + actual + ", not " + asked);
    }
  }

  /**
   * The object to store: of {@code wanted} only what this path may write, with the server's own
   * metadata.
   *
   * @param separateStatus whether the kind has a status subresource
   */
  static ObjectNode permitted(
      ObjectNode current, ObjectNode wanted, boolean throughStatus, boolean separateStatus) {
    ObjectNode next = throughStatus ? current.deepCopy() : wanted.deepCopy();
    if (throughStatus) {
      put(next, "status", wanted.get("status"));
      JsonNode managed = wanted.path("metadata").get("managedFields");
      if (managed != null) {
        next.withObject("/metadata").set("managedFields", managed);
      }
    } else if (separateStatus) {
      put(next, "status", current.get("status"));
    }
    ObjectNode metadata = next.withObject("/metadata");
    for (String field : SERVER_OWNED) {
      put(metadata, field, current.path("metadata").get(field));
    }
    put(metadata, "name", current.path("metadata").get("name"));
    put(metadata, "namespace", current.path("metadata").get("namespace"));
    return next;
  }

  /** Whether something outside metadata and status differs, which counts as a new generation. */
  static boolean changesSpec(ObjectNode current, ObjectNode next) {
    List<String> ignored = List.of("metadata", "status");
    return !Objects.equals(current.deepCopy().without(ignored), next.deepCopy().without(ignored));
  }

  private static void put(ObjectNode node, String field, @Nullable JsonNode value) {
    if (value == null) {
      node.remove(field);
    } else {
      node.set(field, value.deepCopy());
    }
  }
}
