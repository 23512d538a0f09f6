// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.vertx.core.Future;
import java.util.Optional;

/** The host as the API server has it. Futures complete on the context of the caller. */
public interface HostStore {

  /** The host as it is now. */
  Future<Optional<ProxmoxHost>> read();

  /** Writes this pod's own entry of {@code status.relays}. */
  Future<Void> report(RelayStatus status);
}
