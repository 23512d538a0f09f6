// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one look at an endpoint showed: the steps from DNS to PRIVILEGE up to the first that failed.
 *
 * @param address the address that was dialled, null when the name was not found
 * @param certificate what the endpoint showed, trusted or not; null when it did not get so far
 * @param version null unless the credential was accepted
 * @param node name of the node that answers there, null while no console was opened through it
 */
public record Probe(
    ProxmoxEndpoint endpoint,
    List<StepEvent> steps,
    @Nullable String address,
    @Nullable Certificate certificate,
    @Nullable Version version,
    @Nullable String node) {

  public Probe {
    steps = List.copyOf(steps);
  }

  /** The failure that ended the probe; empty when all is well. */
  public Optional<ProxmoxFailure> failure() {
    return steps.stream().map(StepEvent::failure).filter(f -> f != null).findFirst();
  }
}
