// SPDX-License-Identifier: Apache-2.0
/** Faults that can be switched on and off while the simulator runs. */
@NullMarked
package io.pveconsole.simulator.fault;

import org.jspecify.annotations.NullMarked;
