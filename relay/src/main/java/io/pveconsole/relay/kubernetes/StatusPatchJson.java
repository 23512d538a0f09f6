// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.StatusPatch;
import org.jspecify.annotations.Nullable;

/** The merge patch of a change: only what changes, and the version that it is for. */
final class StatusPatchJson {

  private StatusPatchJson() {}

  static String of(Grant version, StatusPatch patch) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    put(status, "redemption", patch.redemption());
    if (patch.withoutViewer()) {
      if (version.status().viewer() != null) {
        status.putNull("viewer");
      }
    } else {
      put(status, "viewer", patch.viewer());
    }
    put(status, "target", patch.target());
    put(status, "doctor", patch.doctor());
    put(status, "ended", patch.ended());
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("metadata").put("resourceVersion", version.resourceVersion());
    root.set("status", status);
    return root.toString();
  }

  private static void put(ObjectNode status, String name, @Nullable Object value) {
    if (value != null) {
      status.set(name, KindJson.tree(value));
    }
  }
}
