// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;

/** The merge patch that brings a grant to another spec, for exactly the version that was read. */
final class GrantPatch {

  private static final ObjectMapper JSON = new ObjectMapper();

  private GrantPatch() {}

  static String of(ConsoleGrant grant, ConsoleGrantSpec spec) {
    ObjectNode before = JSON.valueToTree(grant.getSpec());
    ObjectNode after = JSON.valueToTree(spec);
    ObjectNode patch = JSON.createObjectNode();
    patch
        .putObject("metadata")
        .put("uid", grant.getMetadata().getUid())
        .put("resourceVersion", grant.getMetadata().getResourceVersion());
    ObjectNode changes = patch.putObject("spec");
    after.properties().stream()
        .filter(field -> !field.getValue().equals(before.get(field.getKey())))
        .forEach(field -> changes.set(field.getKey(), field.getValue()));
    before.properties().stream()
        .map(field -> field.getKey())
        .filter(name -> !after.has(name))
        .forEach(changes::putNull);
    return patch.toString();
  }
}
