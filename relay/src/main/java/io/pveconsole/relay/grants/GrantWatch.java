// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import java.util.List;

/** The watch that brings news of grants, as far as it must be judged. Safe from any thread. */
public interface GrantWatch extends AutoCloseable {

  /** Begins, or begins anew; may block for a short while. */
  void restart();

  /**
   * Whether the watch has not brought what a consistent list showed a while ago; a watch on a dead
   * connection brings nothing at all.
   */
  default boolean isBehind(List<Grant> listed) {
    return false;
  }

  /** Ends; {@link #restart()} may follow. */
  @Override
  default void close() {}
}
