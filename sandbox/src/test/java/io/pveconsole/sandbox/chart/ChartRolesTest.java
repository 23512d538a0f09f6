// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the chart's roles hold and, more important, what they do not. */
class ChartRolesTest {

  private final Rendered chart = Rendered.with(Map.of());

  @Test
  void letsTheOperatorSeeSecretsByNameOnly() {
    assertThat(verbs(operator(), "", "secrets"))
        .containsExactlyInAnyOrder("get", "create", "update", "delete");
  }

  @Test
  void givesTheOperatorWhatRelaysAreGiven() {
    assertThat(verbs(operator(), "pveconsole.io", "proxmoxhosts")).contains("get", "list", "watch");
    assertThat(verbs(operator(), "pveconsole.io", "consolegrants"))
        .contains("get", "list", "watch");
    assertThat(verbs(operator(), "pveconsole.io", "proxmoxhosts/status")).contains("patch");
    assertThat(verbs(operator(), "pveconsole.io", "consolegrants/status")).contains("patch");
  }

  @Test
  void letsTheOperatorChangeNoSpecOfPeople() {
    assertThat(verbs(operator(), "pveconsole.io", "proxmoxhosts"))
        .containsExactlyInAnyOrder("get", "list", "watch");
    assertThat(verbs(operator(), "pveconsole.io", "consolesessions"))
        .containsExactlyInAnyOrder("get", "list", "watch", "delete");
  }

  @Test
  void usesNoWildcardAndNoEscalation() {
    assertThat(chart.all(ClusterRole.class).flatMap(role -> role.getRules().stream()))
        .allSatisfy(
            rule -> {
              assertThat(rule.getApiGroups()).doesNotContain("*");
              assertThat(rule.getResources()).doesNotContain("*");
              assertThat(rule.getVerbs()).doesNotContain("*", "bind", "escalate", "impersonate");
            });
  }

  @Test
  void givesPeopleNoSecretNoStatusAndNoGrant() {
    assertThat(List.of("pveconsole-view", "pveconsole-edit", "pveconsole-admin"))
        .allSatisfy(
            name -> {
              List<PolicyRule> rules = chart.one(ClusterRole.class, name).getRules();
              assertThat(rules)
                  .allSatisfy(
                      rule -> {
                        assertThat(rule.getApiGroups()).containsExactly("pveconsole.io");
                        assertThat(rule.getResources()).noneMatch(r -> r.contains("/"));
                      });
              assertThat(verbs(rules, "pveconsole.io", "consolegrants"))
                  .isSubsetOf("get", "list", "watch");
            });
  }

  @Test
  void layersTheAggregatedRoles() {
    assertThat(aggregatedTo("pveconsole-view")).containsExactly("admin", "edit", "view");
    assertThat(aggregatedTo("pveconsole-edit")).containsExactly("admin", "edit");
    assertThat(aggregatedTo("pveconsole-admin")).containsExactly("admin");
  }

  @Test
  void givesNamespacedModeTheSameRightsInEachNamespace() {
    Rendered namespaced = Rendered.with(Map.of("watchNamespaces", List.of("team-a")));
    List<PolicyRule> there =
        namespaced
            .all(Role.class)
            .filter(role -> role.getMetadata().getNamespace().equals("team-a"))
            .findFirst()
            .orElseThrow()
            .getRules();
    assertThat(operator()).containsAll(there);
    assertThat(verbs(there, "", "namespaces")).isEmpty();
  }

  @Test
  void keepsLeasesInTheReleaseNamespace() {
    assertThat(verbs(operator(), "coordination.k8s.io", "leases")).isEmpty();
    Role leader = chart.one(Role.class, "pveconsole-operator-leader");
    assertThat(leader.getMetadata().getNamespace()).isEqualTo(Rendered.NAMESPACE);
    assertThat(verbs(leader.getRules(), "coordination.k8s.io", "leases"))
        .containsExactlyInAnyOrder("get", "watch", "create", "update", "patch");
  }

  private List<PolicyRule> operator() {
    return chart.one(ClusterRole.class, "pveconsole-operator").getRules();
  }

  private Set<String> aggregatedTo(String name) {
    Set<String> roles = new TreeSet<>();
    chart
        .one(ClusterRole.class, name)
        .getMetadata()
        .getLabels()
        .keySet()
        .forEach(
            label -> {
              if (label.startsWith("rbac.authorization.k8s.io/aggregate-to-")) {
                roles.add(label.substring(label.lastIndexOf('-') + 1));
              }
            });
    return roles;
  }

  private static Set<String> verbs(List<PolicyRule> rules, String group, String resource) {
    Set<String> verbs = new TreeSet<>();
    rules.stream()
        .filter(rule -> rule.getApiGroups().contains(group))
        .filter(rule -> rule.getResources().contains(resource))
        .forEach(rule -> verbs.addAll(rule.getVerbs()));
    return verbs;
  }
}
