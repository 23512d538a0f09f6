// SPDX-License-Identifier: Apache-2.0
/** The Proxmox VE API calls that a console client makes. */
@NullMarked
package io.pveconsole.simulator.api;

import org.jspecify.annotations.NullMarked;
