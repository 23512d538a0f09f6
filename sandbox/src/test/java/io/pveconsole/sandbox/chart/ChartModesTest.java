// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.pveconsole.sandbox.SandboxException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which objects the chart makes, by its switches. */
class ChartModesTest {

  @Test
  void passesLint() {
    LintResult lint = new Helm(Rendered.CHART).lint().strict().call();
    assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
  }

  @Test
  void makesEverythingByDefault() {
    assertThat(Rendered.with(Map.of()).kinds())
        .containsExactly(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "Deployment",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Role",
            "RoleBinding",
            "ServiceAccount",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");
  }

  @Test
  void makesNothingClusterWideInNamespacedMode() {
    Rendered chart = Rendered.with(Map.of("watchNamespaces", List.of("team-a", "team-b")));
    assertThat(chart.kinds())
        .containsExactly(
            "Deployment",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Role",
            "RoleBinding",
            "ServiceAccount");
    assertThat(chart.all(Role.class).map(role -> role.getMetadata().getNamespace()))
        .containsExactlyInAnyOrder("team-a", "team-b", Rendered.NAMESPACE);
    assertThat(chart.all(RoleBinding.class))
        .allSatisfy(
            binding ->
                assertThat(binding.getSubjects().getFirst().getNamespace())
                    .isEqualTo(Rendered.NAMESPACE));
  }

  @Test
  void makesTheClusterPartAlone() {
    Rendered chart =
        Rendered.with(
            Map.of(
                "operator", Map.of("enabled", false),
                "rbac", Map.of("create", false),
                "serviceAccount", Map.of("create", false),
                "admission",
                    Map.of("operatorAccounts", List.of("system:serviceaccount:team-a:console"))));
    assertThat(chart.kinds())
        .containsExactly(
            "ClusterRole",
            "CustomResourceDefinition",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");
    assertThat(
            chart
                .one(ValidatingAdmissionPolicy.class, "pveconsole-grants")
                .getSpec()
                .getMatchConditions()
                .getFirst()
                .getExpression())
        .contains("\"system:serviceaccount:team-a:console\"");
  }

  @Test
  void leavesOutTheOperatorForTheSandbox() {
    assertThat(Rendered.with(Map.of("operator", Map.of("enabled", false))).kinds())
        .contains("ServiceAccount", "ClusterRole", "ValidatingAdmissionPolicy")
        .doesNotContain("Deployment", "PodDisruptionBudget");
  }

  @Test
  void leavesOutWhatIsSwitchedOff() {
    Rendered chart =
        Rendered.with(
            Map.of(
                "crds", Map.of("enabled", false),
                "admission", Map.of("enabled", false),
                "rbac", Map.of("aggregate", false)));
    assertThat(chart.objects())
        .extracting(HasMetadata::getKind)
        .doesNotContain("CustomResourceDefinition", "ValidatingAdmissionPolicy");
    assertThat(chart.objects())
        .extracting(object -> object.getMetadata().getName())
        .doesNotContain("pveconsole-view", "pveconsole-edit", "pveconsole-admin");
  }

  @Test
  void keepsKindsUnlessToldOtherwise() {
    assertThat(Rendered.with(Map.of()).all(CustomResourceDefinition.class))
        .hasSize(3)
        .allSatisfy(
            crd ->
                assertThat(crd.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/resource-policy", "keep"));
    assertThat(
            Rendered.with(Map.of("crds", Map.of("keep", false)))
                .all(CustomResourceDefinition.class))
        .hasSize(3)
        .allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations()).isEmpty());
  }

  @Test
  void stampsTheRequesterWithWhatTheServerServes() {
    assertThat(stampVersions(new ChartRenderer("v1.36.0"), "auto"))
        .containsOnly("admissionregistration.k8s.io/v1");
    assertThat(stampVersions(new ChartRenderer("v1.33.2"), "auto")).isEmpty();
    assertThat(stampVersions(new ChartRenderer("v1.34.1"), "v1beta1"))
        .containsOnly("admissionregistration.k8s.io/v1beta1");
    assertThat(stampVersions(new ChartRenderer("v1.36.0"), "none")).isEmpty();
  }

  private static List<String> stampVersions(ChartRenderer renderer, String stamp) {
    return renderer
        .render(
            Rendered.CHART,
            Map.of("admission", Map.of("stamp", stamp)),
            Rendered.NAMESPACE,
            "pveconsole")
        .stream()
        .filter(object -> object.getKind().startsWith("MutatingAdmissionPolicy"))
        .map(HasMetadata::getApiVersion)
        .toList();
  }

  @Test
  void refusesAnOldKubernetes() {
    assertThatThrownBy(
            () ->
                new ChartRenderer("v1.30.0")
                    .render(Rendered.CHART, Map.of(), Rendered.NAMESPACE, "pveconsole"))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("kubeVersion");
  }
}
