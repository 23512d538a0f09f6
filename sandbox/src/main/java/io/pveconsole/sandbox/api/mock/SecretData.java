// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Turns a Secret's {@code stringData} into {@code data}, as the server does on every write. */
final class SecretData {

  private SecretData() {}

  static void normalise(ObjectNode object) {
    if (!object.path("kind").asText().equals("Secret")
        || !(object.remove("stringData") instanceof ObjectNode strings)) {
      return;
    }
    ObjectNode data = object.withObject("/data");
    strings
        .properties()
        .forEach(
            entry -> {
              byte[] bytes = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
              data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
            });
  }
}
