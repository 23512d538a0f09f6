// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The kinds of the Prometheus operator, by name alone. */
final class MonitoringKinds {

  private MonitoringKinds() {}

  static void install(KubernetesClient admin) {
    for (String kind : List.of("ServiceMonitor", "PodMonitor", "PrometheusRule")) {
      install(admin, kind);
    }
  }

  /** The kind's name is enough: what is in it, only the Prometheus operator knows. */
  private static void install(KubernetesClient admin, String kind) {
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    var crd =
        new CustomResourceDefinitionBuilder()
            .withNewMetadata()
            .withName(plural + ".monitoring.coreos.com")
            .endMetadata()
            .withNewSpec()
            .withGroup("monitoring.coreos.com")
            .withScope("Namespaced")
            .withNewNames()
            .withKind(kind)
            .withPlural(plural)
            .endNames()
            .addNewVersion()
            .withName("v1")
            .withServed(true)
            .withStorage(true)
            .withNewSchema()
            .withOpenAPIV3Schema(
                new JSONSchemaPropsBuilder()
                    .withType("object")
                    .withXKubernetesPreserveUnknownFields(true)
                    .build())
            .endSchema()
            .endVersion()
            .endSpec()
            .build();
    admin.resource(crd).serverSideApply();
    admin
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(plural + ".monitoring.coreos.com")
        .waitUntilCondition(
            made ->
                made != null
                    && made.getStatus() != null
                    && made.getStatus().getConditions() != null
                    && made.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
  }
}
