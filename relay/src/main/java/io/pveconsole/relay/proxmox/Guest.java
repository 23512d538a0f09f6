// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/**
 * A guest as found on the cluster.
 *
 * @param name chosen by whoever owns the guest: show it as text only; empty where Proxmox knows
 *     none
 * @param pid of its present run, 0 where it does not run or Proxmox does not say
 * @param seenAt the endpoint that told of it, and over which its console is opened
 */
public record Guest(
    GuestRef ref,
    String name,
    GuestStatus status,
    boolean template,
    GuestIdentity identity,
    long pid,
    ProxmoxEndpoint seenAt) {

  /** The same guest, its console over another endpoint. */
  Guest over(ProxmoxEndpoint endpoint) {
    return new Guest(ref, name, status, template, identity, pid, endpoint);
  }
}
