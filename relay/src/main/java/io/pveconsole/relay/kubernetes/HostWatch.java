// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

/** The watch that brings news of the host. Safe from any thread. */
interface HostWatch {

  /** Begins, or begins anew. */
  void restart();

  /** Ends; {@link #restart()} may follow. */
  void close();
}
