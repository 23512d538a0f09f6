// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Field selectors beyond name and namespace, for lists; Fabric8's server answers none to them. */
final class ListSelectors {

  private ListSelectors() {}

  /** Whether the field selector names a field that the underlying server does not know. */
  static boolean isNeeded(String fieldSelector) {
    for (String term : fieldSelector.split(",", -1)) {
      if (!term.isBlank() && !term.startsWith("metadata.")) {
        return true;
      }
    }
    return false;
  }

  /** Drops the items of a list answer that the selector does not choose. */
  static void filter(ObjectNode list, String fieldSelector) {
    if (!(list.get("items") instanceof ArrayNode items)) {
      return;
    }
    for (int i = items.size() - 1; i >= 0; i--) {
      if (!matches(items.get(i), fieldSelector)) {
        items.remove(i);
      }
    }
  }

  private static boolean matches(JsonNode item, String fieldSelector) {
    for (String term : fieldSelector.split(",", -1)) {
      boolean not = term.contains("!=");
      String[] sides = term.split("!=|==|=", 2);
      String actual = item.at(JsonPointer.compile("/" + sides[0].replace('.', '/'))).asText("");
      String wanted = sides.length > 1 ? sides[1] : "";
      if (actual.equals(wanted) == not) {
        return false;
      }
    }
    return true;
  }
}
