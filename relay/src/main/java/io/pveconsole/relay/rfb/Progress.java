// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * How far a handshake is after some bytes.
 *
 * @param send to be sent back, may be empty
 * @param rest not null when the handshake is done: the bytes that came after it
 */
public record Progress(Buffer send, @Nullable Buffer rest) {

  static Progress waiting(Buffer send) {
    return new Progress(send, null);
  }
}
