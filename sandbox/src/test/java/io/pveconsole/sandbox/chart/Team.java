// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A namespace and the rights that people have in it. */
record Team(InstalledChart chart, String namespace) {

  static final String GROUP = "pveconsole.io";

  static Team on(InstalledChart chart) {
    return new Team(chart, chart.namespace());
  }

  /** Somebody who may write the project's kinds and their status here, but use no host. */
  KubernetesClient writer(String user) {
    allow(
        user,
        rule(
            GROUP,
            List.of(
                "consolesessions",
                "consolesessions/status",
                "consolegrants",
                "consolegrants/status",
                "proxmoxhosts",
                "proxmoxhosts/status"),
            "get",
            "list",
            "create",
            "update",
            "patch",
            "delete"));
    return chart.as(user);
  }

  void allow(String user, String resource, String name, String verb) {
    allow(
        user,
        new PolicyRuleBuilder(
                rule(resource.equals("secrets") ? "" : GROUP, List.of(resource), verb))
            .withResourceNames(name)
            .build());
  }

  private void allow(String user, PolicyRule rule) {
    String role =
        chart
            .admin()
            .resource(
                new RoleBuilder()
                    .withNewMetadata()
                    .withGenerateName("allow-")
                    .withNamespace(namespace)
                    .endMetadata()
                    .withRules(rule)
                    .build())
            .create()
            .getMetadata()
            .getName();
    chart
        .admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withGenerateName("allow-")
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", role)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
    awaitAllowed(user, rule);
  }

  void awaitAllowed(String user, String resource, String name, String verb) {
    awaitAllowed(user, named(resource, name, verb));
  }

  private void awaitAllowed(String user, PolicyRule rule) {
    Awaitility.await("RBAC knows the new role")
        .atMost(10, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> isAllowed(user, rule));
  }

  private static PolicyRule named(String resource, String name, String verb) {
    return new PolicyRuleBuilder(
            rule(resource.equals("secrets") ? "" : GROUP, List.of(resource), verb))
        .withResourceNames(name)
        .build();
  }

  private boolean isAllowed(String user, PolicyRule rule) {
    String[] resource = rule.getResources().getLast().split("/");
    return chart
        .admin()
        .resource(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(rule.getApiGroups().getFirst())
                .withResource(resource[0])
                .withSubresource(resource.length > 1 ? resource[1] : "")
                .withName(
                    rule.getResourceNames().isEmpty() ? "" : rule.getResourceNames().getFirst())
                .withVerb(rule.getVerbs().getLast())
                .endResourceAttributes()
                .endSpec()
                .build())
        .create()
        .getStatus()
        .getAllowed();
  }

  private static PolicyRule rule(String group, List<String> resources, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs(verbs)
        .build();
  }
}
