// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator's pods beyond the ordinary, and its walls. */
class ChartPodTest {

  private static PodSpec pod(Map<String, Object> operator) {
    return Rendered.with(Map.of("operator", operator))
        .one(Deployment.class, "pveconsole-operator")
        .getSpec()
        .getTemplate()
        .getSpec();
  }

  @Test
  void spreadsOverZonesUnlessToldOtherwise() {
    TopologySpreadConstraint zones = pod(Map.of()).getTopologySpreadConstraints().getFirst();
    assertThat(zones.getTopologyKey()).isEqualTo("topology.kubernetes.io/zone");
    assertThat(zones.getWhenUnsatisfiable()).isEqualTo("ScheduleAnyway");
    assertThat(zones.getLabelSelector().getMatchLabels())
        .containsEntry("app.kubernetes.io/component", "operator");
    Map<String, Object> own =
        Map.of("maxSkew", 2, "topologyKey", "rack", "whenUnsatisfiable", "DoNotSchedule");
    assertThat(
            pod(Map.of("topologySpreadConstraints", List.of(own))).getTopologySpreadConstraints())
        .extracting(TopologySpreadConstraint::getTopologyKey)
        .containsExactly("rack");
  }

  @Test
  void takesMoreArgumentsAndVolumes() {
    PodSpec pod =
        pod(
            Map.of(
                "extraArgs", List.of("--more"),
                "extraVolumes", List.of(Map.of("name", "trust", "emptyDir", Map.of())),
                "extraVolumeMounts", List.of(Map.of("name", "trust", "mountPath", "/trust"))));
    Container container = pod.getContainers().getFirst();
    assertThat(container.getArgs()).containsExactly("--more");
    assertThat(pod.getVolumes()).extracting("name").containsExactly("tmp", "trust");
    assertThat(container.getVolumeMounts())
        .extracting("mountPath")
        .containsExactly("/tmp", "/trust");
  }

  @Test
  void pullsEverythingFromOneRegistryIfTold() {
    Rendered chart = Rendered.with(Map.of("imageRegistry", "mirror.example.com/cache"));
    Container container =
        chart
            .one(Deployment.class, "pveconsole-operator")
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    assertThat(container.getImage()).startsWith("mirror.example.com/cache/pveconsole/operator:");
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().equals("PVECONSOLE_RELAY_IMAGE"))
        .allMatch(v -> v.getValue().startsWith("mirror.example.com/cache/pveconsole/relay:"));
  }

  @Test
  void labelsWhatItMakes() {
    Rendered chart = Rendered.with(Map.of("commonLabels", Map.of("team", "platform")));
    assertThat(chart.objects())
        .filteredOn(object -> !object.getKind().equals("CustomResourceDefinition"))
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getLabels())
                    .as("%s %s", object.getKind(), object.getMetadata().getName())
                    .containsEntry("team", "platform"));
  }

  @Test
  void addsObjectsAsYamlAndAsTemplates() {
    Map<String, Object> plain =
        Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "plain"));
    String text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"of-{{ .Release.Name }}\"}\n";
    Rendered chart = Rendered.with(Map.of("extraObjects", List.of(plain, text)));
    assertThat(chart.all(ConfigMap.class).map(map -> map.getMetadata().getName()))
        .containsExactlyInAnyOrder("plain", "of-pveconsole");
  }

  @Test
  void wallsTheOperatorIn() {
    Map<String, Object> values =
        Map.of(
            "relay", Map.of("apiServerCIDRs", List.of("10.96.0.1/32")),
            "operator",
                Map.of(
                    "networkPolicy",
                    Map.of("metricsFrom", List.of(Map.of("podSelector", Map.of())))));
    NetworkPolicySpec wall =
        Rendered.with(values).one(NetworkPolicy.class, "pveconsole-operator").getSpec();
    assertThat(wall.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(wall.getIngress()).hasSize(1);
    assertThat(wall.getIngress().getFirst().getFrom()).hasSize(1);
    assertThat(wall.getEgress()).hasSize(2);
    assertThat(wall.getEgress().get(1).getTo())
        .extracting(peer -> peer.getIpBlock().getCidr())
        .containsExactly("10.96.0.1/32");
    assertThat(wall.getPodSelector().getMatchLabels())
        .containsEntry("app.kubernetes.io/component", "operator");
    Map<String, Object> off = Map.of("operator", Map.of("networkPolicy", Map.of("enabled", false)));
    assertThat(Rendered.with(off).kinds()).doesNotContain("NetworkPolicy");
  }
}
