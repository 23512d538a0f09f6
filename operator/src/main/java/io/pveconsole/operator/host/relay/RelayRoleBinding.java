// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.Optional;

/** Gives the relay's account its role. */
final class RelayRoleBinding implements OwnedObject<RoleBinding> {

  @Override
  public Class<RoleBinding> type() {
    return RoleBinding.class;
  }

  @Override
  public Optional<RoleBinding> desired(RelayPlan plan) {
    String name = name(plan.host());
    return Optional.of(
        new RoleBindingBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name))
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(name)
            .withNamespace(plan.host().getMetadata().getNamespace())
            .endSubject()
            .build());
  }
}
