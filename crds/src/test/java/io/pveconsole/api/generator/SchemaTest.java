// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every field of our own owes its users: a description and a limit. */
class SchemaTest {

  /** Types of Kubernetes that are embedded as they are. */
  private static final Set<String> EMBEDDED =
      Set.of(
          "/spec/allowedNamespaces/selector",
          "/spec/relay/affinity",
          "/spec/relay/autoscaling/metrics",
          "/spec/relay/imagePullSecrets",
          "/spec/relay/networkPolicy/ingressFrom",
          "/spec/relay/resources",
          "/spec/relay/tolerations",
          "/spec/relay/topologySpreadConstraints");

  @ParameterizedTest
  @ValueSource(strings = {"proxmoxhosts", "consolesessions", "consolegrants"})
  void everyFieldIsDescribed(String plural) {
    List<String> bare = new ArrayList<>();
    walk("", Crds.schema(plural), (path, field) -> check(bare, path, field, "description"));
    assertThat(bare).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxmoxhosts", "consolesessions", "consolegrants"})
  void everyStringListAndMapHasLimit(String plural) {
    List<String> endless = new ArrayList<>();
    walk("", Crds.schema(plural), (path, field) -> limits(endless, path, field));
    assertThat(endless).isEmpty();
  }

  private static void limits(List<String> endless, String path, JsonNode field) {
    switch (field.path("type").asText()) {
      case "string" -> {
        if (!field.has("enum")) {
          check(endless, path, field, "maxLength");
        }
      }
      case "array" -> {
        check(endless, path, field, "maxItems");
        if (!EMBEDDED.contains(path)) {
          limits(endless, path + "[]", field.get("items"));
        }
      }
      case "object" -> {
        if (field.has("additionalProperties")) {
          check(endless, path, field, "maxProperties");
          limits(endless, path + "{}", field.get("additionalProperties"));
        }
      }
      default -> {
        // numbers and booleans
      }
    }
  }

  private static void check(List<String> missing, String path, JsonNode field, String keyword) {
    if (!field.has(keyword)) {
      missing.add(path + " has no " + keyword);
    }
  }

  private interface Visitor {
    void visit(String path, JsonNode field);
  }

  private static void walk(String path, JsonNode schema, Visitor visitor) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String at = path + "/" + property.getKey();
              visitor.visit(at, property.getValue());
              if (!EMBEDDED.contains(at)) {
                walk(at, property.getValue(), visitor);
                walk(at, property.getValue().path("items"), visitor);
              }
            });
  }
}
