// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.management;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether this relay should get new connections. */
public final class Readiness {

  private final BooleanSupplier synced;
  private volatile boolean listening;
  private volatile boolean stopping;

  public Readiness(BooleanSupplier synced) {
    this.synced = synced;
  }

  /** The public port is open. */
  public void listening() {
    listening = true;
  }

  /** It is about to stop. */
  public void stopping() {
    stopping = true;
  }

  /** Why it is not ready; empty when it is. */
  public Optional<String> obstacle() {
    if (stopping) {
      return Optional.of("stopping");
    }
    if (!listening) {
      return Optional.of("the public port is not open yet");
    }
    return synced.getAsBoolean()
        ? Optional.empty()
        : Optional.of("host and grants were not read yet");
  }
}
