// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.relay.proxmox.ProxmoxClient;
import io.pveconsole.relay.proxmox.ProxmoxSettings;

/** Whether Proxmox can be asked at all. */
public sealed interface Access {

  /** It can. */
  record Ready(ProxmoxClient client, ProxmoxSettings settings) implements Access {}

  /**
   * Something is missing on this side.
   *
   * @param reason one word for programs
   * @param message for administrators, with what to do
   */
  record Unusable(String reason, String message) implements Access {}
}
