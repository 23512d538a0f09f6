// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/**
 * Told of each step of an open, on the context of the caller. With several endpoints, or after a
 * retry, a step may come again.
 */
@FunctionalInterface
public interface StepListener {

  /** A listener that does not care. */
  StepListener NONE = event -> {};

  void step(StepEvent event);
}
