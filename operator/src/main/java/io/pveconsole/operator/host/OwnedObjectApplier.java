// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.relay.OwnedObject;
import io.pveconsole.operator.host.relay.RelayPlan;
import io.pveconsole.operator.status.FieldManager;
import io.pveconsole.operator.status.Owners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings owned objects to what they should be, and never touches one of somebody else. */
final class OwnedObjectApplier {

  private final List<OwnedObject<?>> objects;

  OwnedObjectApplier(List<OwnedObject<?>> objects) {
    this.objects = List.copyOf(objects);
  }

  /**
   * Applies, or deletes, all of them.
   *
   * @return those that exist and belong to somebody else, as Kind/name
   */
  List<String> apply(RelayPlan plan, Context<ProxmoxHost> context) {
    List<String> foreign = new ArrayList<>();
    for (OwnedObject<?> object : objects) {
      if (!apply(object, plan, context)) {
        String name = object.name(plan.host());
        foreign.add(object.type().getSimpleName() + "/" + name);
      }
    }
    return foreign;
  }

  private static <T extends HasMetadata> boolean apply(
      OwnedObject<T> object, RelayPlan plan, Context<ProxmoxHost> context) {
    if (object.needs().filter(api -> !plan.facts().apis().contains(api)).isPresent()) {
      return true;
    }
    Optional<T> desired = object.desired(plan);
    Optional<T> cached = context.getSecondaryResource(object.type());
    if (desired.isEmpty()) {
      cached.ifPresent(actual -> context.getClient().resource(actual).delete());
      return true;
    }
    Optional<T> actual = cached.or(() -> live(desired.get(), context));
    if (actual.isPresent() && !Owners.owns(plan.host(), actual.get())) {
      return false;
    }
    if (actual.isEmpty() || !matches(actual.get(), desired.get(), context)) {
      context
          .getClient()
          .resource(desired.get())
          .fieldManager(FieldManager.NAME)
          .forceConflicts()
          .serverSideApply();
    }
    return true;
  }

  /** The cache holds labelled objects only, and may be late: ask before a name counts as free. */
  private static <T extends HasMetadata> Optional<T> live(T desired, Context<ProxmoxHost> context) {
    return Optional.ofNullable(context.getClient().resource(desired).get());
  }

  private static <T extends HasMetadata> boolean matches(
      T actual, T desired, Context<ProxmoxHost> context) {
    return SSABasedGenericKubernetesResourceMatcher.<T>getInstance()
        .matches(actual, desired, context);
  }
}
