// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.Locale;

/** The steps from nothing to a picture, in their order. */
public enum Step {
  DNS,
  TCP,
  TLS,
  /** The credential is accepted. */
  AUTH,
  /** The credential may use consoles. */
  PRIVILEGE,
  /** The guest is found, the same as before, and runs. */
  GUEST,
  /** Proxmox opened a port for the console and gave a ticket for it. */
  TICKET,
  /** The console's port is connected. */
  PORT,
  /** The guest's display accepted the password; reported by whoever speaks RFB. */
  RFB;

  /** Lower-case name for pages and metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
