// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What one measurement gave.
 *
 * @param figures by name, which ends with the unit, in the order to be shown
 * @param troubles errors of the protocol and closes that nobody wanted; empty is good
 */
public record Result(String scenario, Map<String, Double> figures, List<String> troubles) {

  /** Whether nothing went wrong. */
  public boolean isGood() {
    return troubles.isEmpty();
  }

  /** One line of results.jsonl. */
  public JsonObject json() {
    JsonObject values = new JsonObject();
    figures.forEach(values::put);
    return new JsonObject()
        .put("scenario", scenario)
        .put("figures", values)
        .put("troubles", troubles);
  }
}
