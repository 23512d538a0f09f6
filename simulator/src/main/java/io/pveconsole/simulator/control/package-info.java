// SPDX-License-Identifier: Apache-2.0
/** A plain HTTP interface to look into and steer the simulator. */
@NullMarked
package io.pveconsole.simulator.control;

import org.jspecify.annotations.NullMarked;
