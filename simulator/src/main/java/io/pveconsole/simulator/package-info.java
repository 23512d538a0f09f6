// SPDX-License-Identifier: Apache-2.0
/** A Proxmox VE simulator: library and program. */
@NullMarked
package io.pveconsole.simulator;

import org.jspecify.annotations.NullMarked;
