// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.Optional;

/**
 * Everything that can go wrong between the relay and a console, in a closed list of four families.
 */
public sealed interface ProxmoxFailure
    permits ConnectFailure, AccessFailure, GuestFailure, ServiceFailure {

  /** The failure in a word that end users may see. */
  FailureReason reason();

  /**
   * What happened and what to do about it, with the command where there is one. For administrators:
   * it may name hosts, nodes and accounts, but holds no secret.
   */
  String adminMessage();

  /** The step that failed. */
  default Step step() {
    return reason().usualStep();
  }

  /** Whether trying again later may help with nothing changed by a person. */
  default boolean retryable() {
    return reason().usuallyRetryable();
  }

  /** The certificate that was seen, where it is what the failure is about. */
  default Optional<Certificate> certificate() {
    return Optional.empty();
  }

  /** The same as an exception, for a future. */
  default ProxmoxException toException() {
    return new ProxmoxException(this);
  }
}
