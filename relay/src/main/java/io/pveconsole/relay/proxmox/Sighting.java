// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import org.jspecify.annotations.Nullable;

/**
 * What was last found of a guest, which by now may be elsewhere or another one.
 *
 * @param run of that moment, null where it did not run or was not surely that guest
 */
record Sighting(InventoryEntry entry, GuestConfig config, @Nullable GuestRun run) {}
