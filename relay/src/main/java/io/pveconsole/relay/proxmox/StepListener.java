// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;

/**
 * Told of each step of an open, on the context of the caller. With several endpoints, or after a
 * retry, a step may come again.
 */
@FunctionalInterface
public interface StepListener {

  /** A listener that does not care. */
  StepListener NONE = event -> {};

  void step(StepEvent event);

  /**
   * Told of the place in a queue, now and then while it changes.
   *
   * @param position how many come before this open, itself included; 0 when its turn has come
   */
  default void queued(int position) {}

  /**
   * Completes when the console may be opened, fails when it must not. The guest is looked for in
   * the meantime; nothing is asked of Proxmox before that would change something there, and no
   * outcome is told.
   */
  default Future<Void> admission() {
    return Future.succeededFuture();
  }

  /** Whether and when nobody waits for the console any more. */
  default Abandonment abandonment() {
    return new Abandonment();
  }
}
