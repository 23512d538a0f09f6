// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;

/**
 * Copies the kinds whose spec and status are immutable records by their metadata only: the
 * framework copies an object for every pass, and by default by way of JSON.
 */
public final class ModelCloner implements Cloner {

  private final KubernetesSerialization serialization;

  /** Copies other kinds through that serialization. */
  public ModelCloner(KubernetesSerialization serialization) {
    this.serialization = serialization;
  }

  @Override
  public <R extends HasMetadata> R clone(R object) {
    HasMetadata copy =
        switch (object) {
          case ConsoleSession session -> filled(new ConsoleSession(), session);
          case ConsoleGrant grant -> filled(new ConsoleGrant(), grant);
          case ProxmoxHost host -> filled(new ProxmoxHost(), host);
          default -> serialization.clone(object);
        };
    @SuppressWarnings("unchecked") // each branch makes the class that it is given
    R same = (R) copy;
    return same;
  }

  private static <S, T> CustomResource<S, T> filled(
      CustomResource<S, T> empty, CustomResource<S, T> from) {
    empty.setMetadata(from.getMetadata().edit().build());
    empty.setSpec(from.getSpec());
    empty.setStatus(from.getStatus());
    return empty;
  }
}
