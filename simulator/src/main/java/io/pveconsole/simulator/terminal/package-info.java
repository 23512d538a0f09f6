// SPDX-License-Identifier: Apache-2.0
/** The termproxy protocol, and the shell behind it. */
@NullMarked
package io.pveconsole.simulator.terminal;

import org.jspecify.annotations.NullMarked;
