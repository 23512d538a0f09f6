// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Adds what the generator has no annotation for: lists that are maps (so that each relay can apply
 * its own entry), limits of maps, the order of printer columns, a description of the kind,
 * whole-number limits.
 */
final class CrdFinisher {
  private static final Map<String, String> LIST_MAPS =
      Map.of(
          "/properties/status/properties/conditions", "type",
          "/properties/status/properties/relays", "podName",
          "/properties/status/properties/relays/items/properties/endpoints", "url",
          "/properties/status/properties/endpoints", "url",
          "/properties/spec/properties/endpoints", "url");

  /** Our own maps, and how long their values may be. */
  private static final Map<String, Integer> MAPS =
      Map.of(
          "/properties/spec/properties/exposure/properties/httpRoute/properties/annotations", 16384,
          "/properties/spec/properties/exposure/properties/ingress/properties/annotations", 16384,
          "/properties/spec/properties/exposure/properties/serviceAnnotations", 16384,
          "/properties/spec/properties/relay/properties/nodeSelector", 63,
          "/properties/spec/properties/relay/properties/podAnnotations", 16384,
          "/properties/spec/properties/relay/properties/podLabels", 63);

  private static final int MAP_ENTRIES = 64;

  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "ProxmoxHost",
          "A Proxmox VE cluster whose consoles may be opened.",
          "ConsoleSession",
          "One person's access to one guest's console, for a while.",
          "ConsoleGrant",
          "Internal: what relays obey. Made by the operator; do not write it yourself.");

  private CrdFinisher() {}

  static void finish(Path file, List<Class<?>> kinds) throws IOException {
    ObjectNode crd = Serialization.unmarshal(Files.readString(file), ObjectNode.class);
    String kind = crd.at("/spec/names/kind").asText();
    ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
    ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
    schema.put("description", DESCRIPTIONS.get(kind));
    LIST_MAPS.forEach(
        (path, key) -> {
          if (schema.at(path) instanceof ObjectNode list) {
            list.put("x-kubernetes-list-type", "map");
            list.putArray("x-kubernetes-list-map-keys").add(key);
          }
        });
    MAPS.forEach(
        (path, length) -> {
          if (schema.at(path) instanceof ObjectNode map) {
            map.put("maxProperties", MAP_ENTRIES);
            ((ObjectNode) map.get("additionalProperties")).put("maxLength", length);
          }
        });
    wholeNumbers(schema);
    kinds.stream()
        .filter(type -> type.getSimpleName().equals(kind))
        .forEach(type -> orderColumns((ArrayNode) version.get("additionalPrinterColumns"), type));
    Files.writeString(file, Serialization.asYaml(crd));
  }

  private static void orderColumns(ArrayNode columns, Class<?> kind) {
    List<String> names =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    List<JsonNode> sorted =
        columns
            .valueStream()
            .sorted(
                (a, b) ->
                    names.indexOf(a.get("name").asText()) - names.indexOf(b.get("name").asText()))
            .toList();
    columns.removeAll().addAll(sorted);
  }

  /** Turns 100.0 into 100: the API server returns whole numbers, and a diff should be empty. */
  private static void wholeNumbers(ObjectNode node) {
    for (String limit : List.of("minimum", "maximum")) {
      if (node.path(limit).isNumber()) {
        node.put(limit, node.get(limit).asLong());
      }
    }
    node.forEach(
        child -> {
          if (child instanceof ObjectNode object) {
            wholeNumbers(object);
          }
        });
  }
}
