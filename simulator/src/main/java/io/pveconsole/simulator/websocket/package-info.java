// SPDX-License-Identifier: Apache-2.0
/** WebSocket frames as pveproxy reads and writes them. */
@NullMarked
package io.pveconsole.simulator.websocket;

import org.jspecify.annotations.NullMarked;
