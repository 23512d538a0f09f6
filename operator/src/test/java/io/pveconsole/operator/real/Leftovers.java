// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects garbage by owner, as a cluster does, and says what is left then. */
final class Leftovers {

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ProxmoxHost.class,
          ConsoleSession.class,
          ConsoleGrant.class,
          Deployment.class,
          Service.class,
          ServiceAccount.class,
          Secret.class,
          ConfigMap.class,
          Role.class,
          RoleBinding.class,
          Ingress.class,
          NetworkPolicy.class,
          PodDisruptionBudget.class,
          HorizontalPodAutoscaler.class);

  private Leftovers() {}

  /** Everything but the objects whose owner is gone, as Kind/name, sorted. */
  static List<String> of(Team team) {
    List<HasMetadata> all =
        KINDS.stream()
            .flatMap(kind -> team.all(kind).stream())
            .map(HasMetadata.class::cast)
            .toList();
    Set<String> living = new HashSet<>();
    all.forEach(object -> living.add(object.getMetadata().getUid()));
    return all.stream()
        .filter(object -> !isGarbage(object, living))
        .map(object -> object.getKind() + "/" + object.getMetadata().getName())
        .sorted()
        .toList();
  }

  private static boolean isGarbage(HasMetadata object, Set<String> living) {
    var owners = object.getMetadata().getOwnerReferences();
    return !owners.isEmpty() && owners.stream().noneMatch(o -> living.contains(o.getUid()));
  }
}
