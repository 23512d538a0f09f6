// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.pveconsole.api.v1alpha1.Api;
import java.util.Optional;

/** All that a relay may do: read its host and grants, and write their status. No Secrets. */
final class RelayRole implements OwnedObject<Role> {

  @Override
  public Class<Role> type() {
    return Role.class;
  }

  @Override
  public Optional<Role> desired(RelayPlan plan) {
    String host = plan.host().getMetadata().getName();
    return Optional.of(
        new RoleBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name(plan.host())))
            .withRules(
                named(rule("proxmoxhosts", "get", "list", "watch"), host),
                named(rule("proxmoxhosts/status", "patch"), host),
                rule("consolegrants", "get", "list", "watch"),
                rule("consolegrants/status", "patch"))
            .build());
  }

  private static PolicyRule rule(String resource, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(Api.GROUP)
        .withResources(resource)
        .withVerbs(verbs)
        .build();
  }

  private static PolicyRule named(PolicyRule rule, String host) {
    return rule.edit().withResourceNames(host).build();
  }
}
