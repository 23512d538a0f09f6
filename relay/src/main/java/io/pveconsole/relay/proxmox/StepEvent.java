// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one step.
 *
 * @param took null when started, and where the step was not measured by itself (TCP, when the
 *     transport does not tell of it: its time is counted under TLS)
 * @param failure set exactly when the step failed
 */
public record StepEvent(
    Step step, State state, @Nullable Duration took, @Nullable ProxmoxFailure failure) {

  /** How far a step is. */
  public enum State {
    STARTED,
    OK,
    FAILED
  }
}
