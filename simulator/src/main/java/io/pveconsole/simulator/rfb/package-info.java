// SPDX-License-Identifier: Apache-2.0
/** An RFB 3.8 server with VNC authentication. */
@NullMarked
package io.pveconsole.simulator.rfb;

import org.jspecify.annotations.NullMarked;
