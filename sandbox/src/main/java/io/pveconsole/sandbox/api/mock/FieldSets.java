// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The {@code fieldsV1} notation: {@code f:name} for a field, {@code k:{...}} for a keyed item. */
final class FieldSets {

  private static final List<String> UNTRACKED_METADATA =
      List.of(
          "name",
          "namespace",
          "managedFields",
          "resourceVersion",
          "uid",
          "creationTimestamp",
          "generation");

  private final ListMaps listMaps;
  private final String plural;

  FieldSets(ListMaps listMaps, String plural) {
    this.listMaps = listMaps;
    this.plural = plural;
  }

  /** The fields that an applied configuration claims; identity and bookkeeping left out. */
  ObjectNode claimedBy(ObjectNode applied, boolean status) {
    ObjectNode tracked = applied.deepCopy();
    tracked.remove(List.of("apiVersion", "kind"));
    if (status) {
      tracked.retain("status");
    }
    if (tracked.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(UNTRACKED_METADATA);
      if (metadata.isEmpty()) {
        tracked.remove("metadata");
      }
    }
    return ofObject(tracked, "");
  }

  private ObjectNode ofObject(ObjectNode object, String path) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(
            field ->
                fields.set(
                    "f:" + field.getKey(), ofValue(field.getValue(), child(path, field.getKey()))));
    return fields;
  }

  private ObjectNode ofValue(JsonNode value, String path) {
    if (value instanceof ObjectNode object) {
      return ofObject(object, path);
    }
    String key = listMaps.keyOf(plural, path);
    if (key != null && value instanceof ArrayNode list) {
      ObjectNode items = JsonNodeFactory.instance.objectNode();
      for (JsonNode item : list) {
        if (item instanceof ObjectNode object) {
          items.set(itemName(key, object.path(key)), ofObject(object, path));
        }
      }
      return items;
    }
    return JsonNodeFactory.instance.objectNode();
  }

  static String itemName(String key, JsonNode value) {
    return "k:" + JsonNodeFactory.instance.objectNode().set(key, value);
  }

  static String child(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
