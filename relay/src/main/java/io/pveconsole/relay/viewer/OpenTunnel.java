// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.vertx.core.buffer.Buffer;

/**
 * A tunnel behind its authentication, paused.
 *
 * @param rest bytes that came after it
 */
record OpenTunnel(ConsoleTunnel tunnel, Buffer rest) {}
