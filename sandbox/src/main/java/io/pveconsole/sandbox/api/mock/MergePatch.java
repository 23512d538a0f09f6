// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patch, RFC 7386: null removes, objects merge, all else replaces. */
final class MergePatch {

  private MergePatch() {}

  static ObjectNode apply(ObjectNode target, ObjectNode patch) {
    ObjectNode result = target.deepCopy();
    merge(result, patch);
    return result;
  }

  private static void merge(ObjectNode into, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              String key = field.getKey();
              JsonNode value = field.getValue();
              if (value.isNull()) {
                into.remove(key);
              } else if (value instanceof ObjectNode object) {
                merge(into.get(key) instanceof ObjectNode old ? old : into.putObject(key), object);
              } else {
                into.set(key, value.deepCopy());
              }
            });
  }
}
