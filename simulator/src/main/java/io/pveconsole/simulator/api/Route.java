// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One API method.
 *
 * @param template path below {@code /api2/json/}, names in braces
 * @param daemon answered by pvedaemon behind pveproxy
 */
record Route(String method, String template, Schema schema, boolean daemon, Endpoint endpoint) {

  /** Does the work. */
  interface Endpoint {
    /** Gives the {@code data} of the answer. */
    JsonNode call(Call call) throws ApiException;
  }

  Optional<Map<String, String>> match(String path) {
    List<String> expected = List.of(template.split("/"));
    List<String> given = List.of(path.split("/"));
    if (expected.size() != given.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      String name = expected.get(i);
      if (name.startsWith("{")) {
        variables.put(name.substring(1, name.length() - 1), given.get(i));
      } else if (!name.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
