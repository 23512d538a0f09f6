// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AdmissionPoliciesTest {

  private static final String SESSIONS = "pveconsole-sessions";

  private final List<ValidatingAdmissionPolicy> policies =
      new ArrayList<>(
          List.of(
              policy(SESSIONS, "consolesessions"),
              policy("pveconsole-hosts", "proxmoxhosts"),
              policy("pveconsole-grants", "consolegrants"),
              policy(
                  "pveconsole-status",
                  "proxmoxhosts/status",
                  "consolesessions/status",
                  "consolegrants/status")));
  private final List<ValidatingAdmissionPolicyBinding> bindings =
      new ArrayList<>(policies.stream().map(p -> binding(p.getMetadata().getName())).toList());

  private static ValidatingAdmissionPolicy policy(String name, String... resources) {
    return new ValidatingAdmissionPolicyBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withFailurePolicy("Fail")
        .withNewMatchConstraints()
        .addNewResourceRule()
        .withApiGroups("pveconsole.io")
        .withApiVersions("*")
        .withOperations("CREATE", "UPDATE")
        .withResources(resources)
        .endResourceRule()
        .endMatchConstraints()
        .endSpec()
        .build();
  }

  private static ValidatingAdmissionPolicyBinding binding(String policy) {
    return new ValidatingAdmissionPolicyBindingBuilder()
        .withNewMetadata()
        .withName(policy)
        .endMetadata()
        .withNewSpec()
        .withPolicyName(policy)
        .withValidationActions("Deny")
        .endSpec()
        .build();
  }

  private List<String> missing() {
    return AdmissionPolicies.missing(policies, bindings);
  }

  private void changePolicy(UnaryOperator<ValidatingAdmissionPolicyBuilder> change) {
    policies.set(0, change.apply(policies.get(0).edit()).build());
  }

  private void changeBinding(UnaryOperator<ValidatingAdmissionPolicyBindingBuilder> change) {
    bindings.set(0, change.apply(bindings.get(0).edit()).build());
  }

  @Test
  void nothingIsMissingWhenAllAreBound() {
    assertThat(missing()).isEmpty();
  }

  @Test
  void eachOfThemCounts() {
    for (int i = 0; i < policies.size(); i++) {
      ValidatingAdmissionPolicyBinding taken = bindings.remove(i);
      assertThat(missing()).containsExactly(taken.getSpec().getPolicyName());
      bindings.add(i, taken);
    }
    policies.remove(3);
    assertThat(missing()).containsExactly("pveconsole-status");
  }

  @Test
  void aBindingWhoseNameOnlyBeginsLikeOursIsNone() {
    bindings.set(0, binding("pveconsole-sessions-audit"));
    assertThat(missing()).containsExactly(SESSIONS);
  }

  @Test
  void aBindingThatOnlyWarnsIsNone() {
    changeBinding(b -> b.editSpec().withValidationActions("Audit", "Warn").endSpec());
    assertThat(missing()).containsExactly(SESSIONS);
  }

  @Test
  void aBindingForSomeNamespacesIsNone() {
    changeBinding(
        b ->
            b.editSpec()
                .withNewMatchResources()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("team", "a"))
                .endNamespaceSelector()
                .endMatchResources()
                .endSpec());
    assertThat(missing()).containsExactly(SESSIONS);
  }

  @Test
  void aPolicyThatIsIgnoredOnFailureOrNarrowedIsNone() {
    changePolicy(b -> b.editSpec().withFailurePolicy("Ignore").endSpec());
    assertThat(missing()).containsExactly(SESSIONS);
    policies.set(0, policy(SESSIONS, "proxmoxhosts"));
    assertThat(missing()).containsExactly(SESSIONS);
    policies.set(0, policy(SESSIONS, "consolesessions"));
    changePolicy(
        b ->
            b.editSpec()
                .editMatchConstraints()
                .editFirstResourceRule()
                .withOperations("CREATE")
                .endResourceRule()
                .endMatchConstraints()
                .endSpec());
    assertThat(missing()).containsExactly(SESSIONS);
  }
}
