// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.operator.certmanager.Certificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Small CRDs with the names, lists and defaults of Gateway API and cert-manager that matter here.
 */
final class LateKinds {

  private static final String ACCEPTED =
      """
      {"status":{"parents":[{"controllerName":"example.com/gateway","parentRef":{"name":"public"},
        "conditions":[{"type":"Accepted","status":"True","reason":"Accepted","message":"",
          "lastTransitionTime":"2026-03-01T12:00:00Z"}]}]}}
      """;
  private static final String READY =
      """
      {"status":{"conditions":[{"type":"Ready","status":"True","reason":"Ready","message":"",
        "lastTransitionTime":"2026-03-01T12:00:00Z"}]}}
      """;

  private LateKinds() {}

  static void install(RealCluster cluster) {
    definitions().forEach(cluster::apply);
  }

  /** With all objects of these kinds. */
  static void remove(RealCluster cluster) {
    for (CustomResourceDefinition definition : definitions()) {
      cluster.admin().resource(definition).delete();
      cluster
          .admin()
          .resource(definition)
          .waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    }
  }

  private static List<CustomResourceDefinition> definitions() {
    try (InputStream file = LateKinds.class.getResourceAsStream("/late-kinds.yaml")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^---$", -1))
          .map(document -> Serialization.unmarshal(document, CustomResourceDefinition.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void accept(RealCluster cluster, String namespace, String name) {
    cluster
        .admin()
        .resources(HTTPRoute.class)
        .inNamespace(namespace)
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), ACCEPTED);
  }

  static void issue(RealCluster cluster, String namespace, String name) {
    cluster
        .admin()
        .resources(Certificate.class)
        .inNamespace(namespace)
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), READY);
  }

  static void deleteRoute(RealCluster cluster, String namespace, String name) {
    cluster.admin().resources(HTTPRoute.class).inNamespace(namespace).withName(name).delete();
  }

  static boolean hasRoute(RealCluster cluster, String namespace, String name) {
    return cluster.admin().resources(HTTPRoute.class).inNamespace(namespace).withName(name).get()
        != null;
  }
}
