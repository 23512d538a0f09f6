// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

/** How a relay stands with the API server. */
public enum Contact {
  /** It answered lately. */
  PROVEN,
  /** It has not answered for a while; consoles that are open may go on. */
  SILENT,
  /** It did not answer for the whole grace: no console is open, and none may begin. */
  LOST
}
