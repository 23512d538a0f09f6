// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/**
 * A Proxmox VE version.
 *
 * @param version such as {@code 9.2.11}
 * @param release such as {@code 9.2}
 */
public record Version(String version, String release) {}
