// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/**
 * A guest as found on the cluster.
 *
 * @param name chosen by whoever owns the guest: show it as text only; empty where Proxmox knows
 *     none
 */
public record Guest(
    GuestRef ref, String name, GuestStatus status, boolean template, GuestIdentity identity) {}
