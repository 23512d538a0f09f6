// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.management;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether this relay should get new connections. Safe from any thread. */
public final class Readiness {

  private final BooleanSupplier synced;
  private volatile boolean listening;
  private volatile boolean warm;
  private volatile boolean stopping;

  /**
   * Not ready yet.
   *
   * @param synced whether host and grants are known
   */
  public Readiness(BooleanSupplier synced) {
    this.synced = synced;
  }

  /** The public port is open. */
  public void listening() {
    listening = true;
  }

  /** The first console will be as fast as later ones. */
  public void warm() {
    warm = true;
  }

  /** It is about to stop. */
  public void stopping() {
    stopping = true;
  }

  /** Whether it is about to stop. */
  public boolean isStopping() {
    return stopping;
  }

  /** Why it is not ready; empty when it is. */
  public Optional<String> obstacle() {
    if (stopping) {
      return Optional.of("stopping");
    }
    if (!listening) {
      return Optional.of("the public port is not open yet");
    }
    if (!synced.getAsBoolean()) {
      return Optional.of("host and grants were not read yet");
    }
    return warm ? Optional.empty() : Optional.of("warming up");
  }
}
