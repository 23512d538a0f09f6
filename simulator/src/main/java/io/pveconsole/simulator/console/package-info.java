// SPDX-License-Identifier: Apache-2.0
/** vncproxy and termproxy workers, their ports and their tasks. */
@NullMarked
package io.pveconsole.simulator.console;

import org.jspecify.annotations.NullMarked;
