// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON patch, RFC 6902. As in Kubernetes a failed {@code test} or a path that does not exist is 422
 * and nothing is changed.
 */
final class JsonPatchDocument {

  private final JsonNode operations;

  JsonPatchDocument(JsonNode operations) {
    if (!operations.isArray()) {
      throw ApiError.badRequest("a JSON patch is a list of operations");
    }
    this.operations = operations;
  }

  ObjectNode applyTo(ObjectNode target) {
    ObjectNode document = target.deepCopy();
    operations.forEach(operation -> apply(document, operation));
    return document;
  }

  private static void apply(ObjectNode document, JsonNode operation) {
    JsonPointer path = pointer(operation, "path");
    switch (operation.path("op").asText()) {
      case "add" -> add(document, path, operation.path("value").deepCopy());
      case "remove" -> remove(document, path);
      case "replace" -> {
        remove(document, path);
        add(document, path, operation.path("value").deepCopy());
      }
      case "move" -> add(document, path, remove(document, pointer(operation, "from")));
      case "copy" -> add(document, path, existing(document, pointer(operation, "from")).deepCopy());
      case "test" -> {
        if (!document.at(path).equals(operation.path("value"))) {
          throw ApiError.invalid("testing value " + path + " failed");
        }
      }
      default -> throw ApiError.badRequest("unknown operation " + operation.path("op"));
    }
  }

  private static JsonPointer pointer(JsonNode operation, String field) {
    try {
      return JsonPointer.compile(operation.path(field).asText());
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("not a JSON pointer: " + operation.path(field));
    }
  }

  private static JsonNode existing(JsonNode document, JsonPointer path) {
    JsonNode found = document.at(path);
    if (found.isMissingNode()) {
      throw ApiError.invalid("the path " + path + " does not exist");
    }
    return found;
  }

  private static JsonNode remove(JsonNode document, JsonPointer path) {
    JsonNode found = existing(document, path);
    JsonNode parent = document.at(path.head());
    if (parent instanceof ArrayNode array) {
      array.remove(path.last().getMatchingIndex());
    } else if (parent instanceof ObjectNode object) {
      object.remove(path.last().getMatchingProperty());
    }
    return found;
  }

  private static void add(JsonNode document, JsonPointer path, JsonNode value) {
    if (path.matches()) {
      throw ApiError.invalid("the whole object cannot be replaced");
    }
    JsonNode parent = existing(document, path.head());
    String key = path.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      object.set(key, value);
    } else if (parent instanceof ArrayNode array) {
      int index = key.equals("-") ? array.size() : path.last().getMatchingIndex();
      if (index < 0 || index > array.size()) {
        throw ApiError.invalid("the index " + path + " is out of range");
      }
      array.insert(index, value);
    } else {
      throw ApiError.invalid("the path " + path + " does not lead into an object or a list");
    }
  }
}
