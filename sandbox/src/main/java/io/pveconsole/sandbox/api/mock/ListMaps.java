// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists that server-side apply merges item by item, by plural and dotted path. All other lists
 * are replaced as a whole, which differs from a real server only when several managers share one.
 */
record ListMaps(Map<String, String> keys) {

  /** The pods of a relay share the list of their host. */
  static ListMaps ofPveconsole() {
    return new ListMaps(Map.of("proxmoxhosts:status.relays", "podName"));
  }

  /** Name of the field that identifies an item; null when the list is atomic. */
  @Nullable String keyOf(String plural, String path) {
    return keys.get(plural + ":" + path);
  }

  /** Position of the item with this key value, or -1. */
  static int indexOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }
}
