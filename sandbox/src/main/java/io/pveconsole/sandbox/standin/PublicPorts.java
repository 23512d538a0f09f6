// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.util.OptionalInt;

/** On which loopback port people reach a host's consoles. */
interface PublicPorts {

  /** The port of the host's {@code publicUrl}; empty when that is not on loopback. */
  OptionalInt of(String namespace, String host);
}
