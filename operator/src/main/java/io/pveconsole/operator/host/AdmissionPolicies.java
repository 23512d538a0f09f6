// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchResources;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.pveconsole.api.v1alpha1.Api;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the chart's admission policies are all there and in force: each covers its kinds for
 * creation and change, everywhere, and is bound so that it denies.
 */
final class AdmissionPolicies {

  private static final Map<String, List<String>> GUARDS =
      Map.of(
          "pveconsole-sessions", List.of("consolesessions"),
          "pveconsole-hosts", List.of("proxmoxhosts"),
          "pveconsole-grants", List.of("consolegrants"),
          "pveconsole-status",
              List.of("proxmoxhosts/status", "consolesessions/status", "consolegrants/status"));

  private AdmissionPolicies() {}

  /** The names of those that are missing or not in force, sorted. */
  static List<String> missing(
      Collection<ValidatingAdmissionPolicy> policies,
      Collection<ValidatingAdmissionPolicyBinding> bindings) {
    return GUARDS.entrySet().stream()
        .filter(
            guard ->
                policies.stream().noneMatch(p -> guards(p, guard.getKey(), guard.getValue()))
                    || bindings.stream().noneMatch(b -> enforces(b, guard.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean guards(
      ValidatingAdmissionPolicy policy, String name, List<String> resources) {
    MatchResources matches = policy.getSpec().getMatchConstraints();
    return policy.getMetadata().getName().equals(name)
        && !"Ignore".equals(policy.getSpec().getFailurePolicy())
        && matches != null
        && isEverywhere(matches)
        && resources.stream()
            .allMatch(
                resource ->
                    matches.getResourceRules().stream().anyMatch(rule -> covers(rule, resource)));
  }

  private static boolean covers(NamedRuleWithOperations rule, String resource) {
    return isEmpty(rule.getResourceNames())
        && holds(rule.getApiGroups(), Api.GROUP)
        && holds(rule.getApiVersions(), Api.VERSION)
        && holds(rule.getOperations(), "CREATE")
        && holds(rule.getOperations(), "UPDATE")
        && (rule.getResources().contains(resource) || rule.getResources().contains("*/*"));
  }

  private static boolean enforces(ValidatingAdmissionPolicyBinding binding, String name) {
    var spec = binding.getSpec();
    return name.equals(spec.getPolicyName())
        && spec.getValidationActions() != null
        && spec.getValidationActions().contains("Deny")
        && (spec.getMatchResources() == null || isEverything(spec.getMatchResources()));
  }

  private static boolean isEverything(MatchResources matches) {
    return isEverywhere(matches) && isEmpty(matches.getResourceRules());
  }

  private static boolean isEverywhere(MatchResources matches) {
    return isEmpty(matches.getNamespaceSelector())
        && isEmpty(matches.getObjectSelector())
        && isEmpty(matches.getExcludeResourceRules());
  }

  private static boolean isEmpty(@Nullable LabelSelector selector) {
    return selector == null
        || ((selector.getMatchLabels() == null || selector.getMatchLabels().isEmpty())
            && isEmpty(selector.getMatchExpressions()));
  }

  private static boolean isEmpty(@Nullable Collection<?> items) {
    return items == null || items.isEmpty();
  }

  private static boolean holds(Collection<String> items, String wanted) {
    return items.contains(wanted) || items.contains("*");
  }
}
