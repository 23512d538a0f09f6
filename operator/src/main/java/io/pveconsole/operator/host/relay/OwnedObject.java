// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.Optional;

/** How one object of a host is made: a pure function of the host. */
public interface OwnedObject<T extends HasMetadata> {

  /** Its kind. */
  Class<T> type();

  /** The object as it should be; empty when it should not exist. */
  Optional<T> desired(RelayPlan plan);

  /** The API without which it cannot be made; empty for kinds that every cluster has. */
  default Optional<OptionalApi> needs() {
    return Optional.empty();
  }

  /** Its name, whether it should exist or not. */
  default String name(ProxmoxHost host) {
    return RelayNames.relay(host);
  }
}
