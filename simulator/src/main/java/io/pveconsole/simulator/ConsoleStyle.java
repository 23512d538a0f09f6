// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

/** Which Proxmox release the console calls imitate; both are in the field. */
public enum ConsoleStyle {
  /** Since the hardening of April 2026: password in the ticket, port under its signature. */
  NEW,
  /** Before it. */
  OLD
}
