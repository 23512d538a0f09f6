// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;

/**
 * Notices when the server's first message, ServerInit, has passed whole: 20 bytes of size and pixel
 * format, the length of the desktop's name, the name (RFC 6143 §7.3.2). It may come cut anywhere.
 */
public final class ServerInit {

  private static final int LENGTH_AT = 20;
  private static final int NAME_AT = 24;

  private long seen;
  private long nameLength;

  /** Whether all of it has passed; from then on nothing need be fed. */
  public boolean isComplete() {
    return seen >= NAME_AT && seen - NAME_AT >= nameLength;
  }

  /** Looks at bytes of the server on their way. */
  public void feed(Buffer data) {
    for (int i = 0; i < data.length() && seen + i < NAME_AT; i++) {
      if (seen + i >= LENGTH_AT) {
        nameLength = nameLength << Byte.SIZE | data.getUnsignedByte(i);
      }
    }
    seen += data.length();
  }
}
