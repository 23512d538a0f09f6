// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator's Deployment. */
class ChartOperatorTest {

  @Test
  void runsTwoReplicasThatADrainTakesOneByOne() {
    Rendered chart = Rendered.with(Map.of());
    Deployment operator = chart.one(Deployment.class, "pveconsole-operator");
    assertThat(operator.getSpec().getReplicas()).isEqualTo(2);
    assertThat(operator.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(operator.getSpec().getSelector().getMatchLabels());
    PodDisruptionBudget budget = chart.one(PodDisruptionBudget.class, "pveconsole-operator");
    assertThat(budget.getSpec().getSelector()).isEqualTo(operator.getSpec().getSelector());
  }

  @Test
  void passesTheRestrictedPodSecurityStandard() {
    PodSpec pod = pod(Map.of());
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getContainers())
        .allSatisfy(
            container -> {
              assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
              assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
              assertThat(container.getSecurityContext().getCapabilities().getDrop())
                  .containsExactly("ALL");
            });
  }

  @Test
  void tellsTheOperatorWhatItNeeds() {
    assertThat(environment(Map.of("watchNamespaces", List.of("team-a", "team-b"))))
        .containsEntry("PVECONSOLE_WATCH_NAMESPACES", "team-a,team-b")
        .containsEntry("PVECONSOLE_LEADER_ELECTION", "true")
        .containsEntry("PVECONSOLE_MANAGEMENT_PORT", "8080")
        .containsEntry("PVECONSOLE_OPERATOR_NAMESPACE", "metadata.namespace")
        .containsEntry("PVECONSOLE_RELAY_IMAGE", "ghcr.io/pveconsole/relay:0.1.0-SNAPSHOT");
    assertThat(environment(Map.of()))
        .containsEntry("PVECONSOLE_WATCH_NAMESPACES", "")
        .containsEntry("PVECONSOLE_API_SERVER_CIDRS", "");
    List<String> networks = List.of("10.96.0.1/32", "2001:db8::/64");
    assertThat(environment(Map.of("relay", Map.of("apiServerCIDRs", networks))))
        .containsEntry("PVECONSOLE_API_SERVER_CIDRS", "10.96.0.1/32,2001:db8::/64");
  }

  @Test
  void namesImagesByDigestRegistryAndTag() {
    String digest = "sha256:" + "0123456789abcdef".repeat(4);
    Map<String, Object> values =
        Map.of(
            "operator", Map.of("image", Map.of("registry", "r.example.com:5000", "tag", "9")),
            "relay", Map.of("image", Map.of("registry", "", "digest", digest)));
    assertThat(container(values).getImage()).isEqualTo("r.example.com:5000/pveconsole/operator:9");
    assertThat(environment(values))
        .containsEntry("PVECONSOLE_RELAY_IMAGE", "pveconsole/relay@" + digest);
  }

  @Test
  void takesPodSettings() {
    PodSpec pod =
        pod(
            Map.of(
                "imagePullSecrets",
                List.of(Map.of("name", "regcred")),
                "operator",
                Map.of(
                    "priorityClassName", "system-cluster-critical",
                    "nodeSelector", Map.of("disk", "ssd"),
                    "tolerations", List.of(Map.of("operator", "Exists")),
                    "extraEnv", List.of(Map.of("name", "TZ", "value", "UTC")))));
    assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
    assertThat(pod.getNodeSelector()).containsEntry("disk", "ssd");
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getImagePullSecrets().getFirst().getName()).isEqualTo("regcred");
    assertThat(pod.getContainers().getFirst().getEnv())
        .anySatisfy(variable -> assertThat(variable.getName()).isEqualTo("TZ"));
  }

  private static PodSpec pod(Map<String, Object> values) {
    return Rendered.with(values)
        .one(Deployment.class, "pveconsole-operator")
        .getSpec()
        .getTemplate()
        .getSpec();
  }

  private static Container container(Map<String, Object> values) {
    return pod(values).getContainers().getFirst();
  }

  private static Map<String, String> environment(Map<String, Object> values) {
    Map<String, String> environment = new HashMap<>();
    for (EnvVar variable : container(values).getEnv()) {
      environment.put(
          variable.getName(),
          variable.getValueFrom() == null
              ? variable.getValue()
              : variable.getValueFrom().getFieldRef().getFieldPath());
    }
    return environment;
  }
}
