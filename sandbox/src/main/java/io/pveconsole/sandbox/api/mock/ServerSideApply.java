// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Server-side apply as every writer here uses it, with force: what a manager applied before and no
 * longer applies goes, unless another manager applied it too; everything applied is set. Conflicts
 * between managers are not reported.
 */
final class ServerSideApply {

  private final ListMaps listMaps;
  private final String plural;
  private final String manager;
  private final boolean status;

  ServerSideApply(ListMaps listMaps, String plural, String manager, boolean status) {
    this.listMaps = listMaps;
    this.plural = plural;
    this.manager = manager;
    this.status = status;
  }

  /** The object after the apply; {@code current} is left as it is. */
  ObjectNode apply(ObjectNode current, ObjectNode applied) {
    ObjectNode next = current.deepCopy();
    JsonNode before = null;
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode entry : next.path("metadata").path("managedFields")) {
      if (isOwn(entry)) {
        before = entry.path("fieldsV1");
      } else {
        others.add(entry.path("fieldsV1"));
      }
    }
    if (before != null) {
      pruneObject(next, applied, before, others, "");
    }
    mergeObject(next, applied, "");
    record(next, applied);
    return next;
  }

  private boolean isOwn(JsonNode entry) {
    return entry.path("manager").asText().equals(manager)
        && entry.path("subresource").asText("").equals(status ? "status" : "");
  }

  private void pruneObject(
      ObjectNode node, JsonNode applied, JsonNode owned, List<JsonNode> others, String path) {
    owned
        .properties()
        .forEach(
            entry -> {
              String field = entry.getKey().substring(2);
              List<JsonNode> deeper = descend(others, entry.getKey());
              if (!applied.has(field) && deeper.isEmpty()) {
                node.remove(field);
              } else {
                JsonNode value = node.path(field);
                JsonNode wanted = applied.has(field) ? applied.get(field) : emptyLike(value);
                String childPath = FieldSets.child(path, field);
                pruneValue(value, wanted, entry.getValue(), deeper, childPath);
              }
            });
  }

  private static JsonNode emptyLike(JsonNode value) {
    return value.isArray()
        ? JsonNodeFactory.instance.arrayNode()
        : JsonNodeFactory.instance.objectNode();
  }

  private void pruneValue(
      JsonNode node, JsonNode applied, JsonNode owned, List<JsonNode> others, String path) {
    String key = listMaps.keyOf(plural, path);
    if (node instanceof ObjectNode object && applied.isObject()) {
      pruneObject(object, applied, owned, others, path);
    } else if (key != null && node instanceof ArrayNode list && applied instanceof ArrayNode want) {
      pruneItems(list, want, owned, others, path, key);
    }
  }

  private void pruneItems(
      ArrayNode list,
      ArrayNode applied,
      JsonNode owned,
      List<JsonNode> others,
      String path,
      String key) {
    for (int i = list.size() - 1; i >= 0; i--) {
      JsonNode item = list.get(i);
      String name = FieldSets.itemName(key, item.path(key));
      if (!owned.has(name)) {
        continue;
      }
      List<JsonNode> deeper = descend(others, name);
      int at = ListMaps.indexOf(applied, key, item.path(key));
      if (at >= 0) {
        pruneValue(item, applied.get(at), owned.get(name), deeper, path);
      } else if (deeper.isEmpty()) {
        list.remove(i);
      }
    }
  }

  private static List<JsonNode> descend(List<JsonNode> others, String name) {
    return others.stream().filter(other -> other.has(name)).map(other -> other.get(name)).toList();
  }

  private void mergeObject(ObjectNode into, ObjectNode applied, String path) {
    applied
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              JsonNode value = field.getValue();
              String childPath = FieldSets.child(path, name);
              if (childPath.equals("metadata.managedFields")) {
                return;
              }
              if (value.isNull()) {
                into.remove(name);
              } else if (value instanceof ObjectNode object) {
                mergeObject(
                    into.get(name) instanceof ObjectNode old ? old : into.putObject(name),
                    object,
                    childPath);
              } else {
                mergeList(into, name, value, childPath);
              }
            });
  }

  private void mergeList(ObjectNode into, String name, JsonNode value, String path) {
    String key = listMaps.keyOf(plural, path);
    if (key == null || !(value instanceof ArrayNode items)) {
      into.set(name, value.deepCopy());
      return;
    }
    ArrayNode list = into.get(name) instanceof ArrayNode old ? old : into.putArray(name);
    for (JsonNode item : items) {
      int at = ListMaps.indexOf(list, key, item.path(key));
      if (at < 0) {
        list.add(item.deepCopy());
      } else if (list.get(at) instanceof ObjectNode old && item instanceof ObjectNode object) {
        mergeObject(old, object, path);
      }
    }
  }

  /** Replaces the manager's entry in place: an unchanged apply must leave the object equal. */
  private void record(ObjectNode next, ObjectNode applied) {
    ObjectNode metadata = next.withObject("/metadata");
    ArrayNode entries =
        metadata.get("managedFields") instanceof ArrayNode old
            ? old
            : metadata.putArray("managedFields");
    ObjectNode mine = null;
    for (JsonNode entry : entries) {
      if (isOwn(entry) && entry instanceof ObjectNode object) {
        mine = object;
      }
    }
    ObjectNode entry = mine == null ? entries.addObject() : mine;
    entry.put("manager", manager).put("operation", "Apply");
    entry.put("apiVersion", applied.path("apiVersion").asText()).put("fieldsType", "FieldsV1");
    if (status) {
      entry.put("subresource", "status");
    }
    entry.set("fieldsV1", new FieldSets(listMaps, plural).claimedBy(applied, status));
  }
}
