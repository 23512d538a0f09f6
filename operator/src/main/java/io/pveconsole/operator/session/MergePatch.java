// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The JSON merge patch that brings spec or status to another value, for exactly the version that
 * was read. It names what changes and nothing else, so fields of a later version stay; and it is
 * cheaper for the API server than server-side apply, which weighs all fields against each other.
 */
final class MergePatch {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MergePatch() {}

  /**
   * The text of the patch.
   *
   * @param about the version that was read
   * @param part spec or status
   * @param before what it had; null where the part was absent
   * @param after what it is to have
   */
  static String of(HasMetadata about, String part, @Nullable Object before, Object after) {
    ObjectNode old = before == null ? JSON.createObjectNode() : JSON.valueToTree(before);
    ObjectNode patch = JSON.createObjectNode();
    patch
        .putObject("metadata")
        .put("uid", about.getMetadata().getUid())
        .put("resourceVersion", about.getMetadata().getResourceVersion());
    patch.set(part, changes(old, JSON.valueToTree(after)));
    return patch.toString();
  }

  private static ObjectNode changes(ObjectNode before, ObjectNode after) {
    ObjectNode changes = JSON.createObjectNode();
    after
        .properties()
        .forEach(
            field -> {
              JsonNode old = before.path(field.getKey());
              JsonNode value = field.getValue();
              if (old instanceof ObjectNode from && value instanceof ObjectNode to) {
                ObjectNode inside = changes(from, to);
                if (!inside.isEmpty()) {
                  changes.set(field.getKey(), inside);
                }
              } else if (!old.equals(value)) {
                changes.set(field.getKey(), value);
              }
            });
    before.properties().stream()
        .map(field -> field.getKey())
        .filter(name -> !after.has(name))
        .forEach(changes::putNull);
    return changes;
  }
}
