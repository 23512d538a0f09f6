// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** Whether a guest runs. */
public enum GuestStatus {
  RUNNING,
  STOPPED,
  /** Its node has not reported lately. */
  UNKNOWN
}
