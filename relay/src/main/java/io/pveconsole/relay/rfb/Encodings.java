// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;

/**
 * The list of encodings that goes upstream: the browser's, less what would open a way that is not
 * watched over.
 */
final class Encodings {

  static final int EXTENDED_CLIPBOARD = 0xC0A1E5CE;
  private static final int QEMU_AUDIO = -259;
  private static final int FENCE = -312;
  private static final int CONTINUOUS_UPDATES = -313;
  private static final int EXTENDED_MOUSE_BUTTONS = -316;
  private static final int XVP = -309;

  private Encodings() {}

  /**
   * Filters a SetEncodings message. Continuous updates would end back-pressure by requests, audio
   * and xvp are no part of a console, extended buttons make pointer messages of two lengths.
   */
  static Buffer filter(Buffer message, boolean fromGuest) {
    Buffer kept = Buffer.buffer();
    for (int at = 4; at < message.length(); at += 4) {
      int encoding = message.getInt(at);
      boolean clipboard = encoding == EXTENDED_CLIPBOARD;
      if (!isStripped(encoding) && (fromGuest || !clipboard)) {
        kept.appendInt(encoding);
      }
    }
    return Buffer.buffer()
        .appendByte((byte) ClientMessage.SET_ENCODINGS)
        .appendByte((byte) 0)
        .appendUnsignedShort(kept.length() / 4)
        .appendBuffer(kept);
  }

  static boolean contains(Buffer message, int wanted) {
    for (int at = 4; at < message.length(); at += 4) {
      if (message.getInt(at) == wanted) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStripped(int encoding) {
    return encoding == QEMU_AUDIO
        || encoding == FENCE
        || encoding == CONTINUOUS_UPDATES
        || encoding == EXTENDED_MOUSE_BUTTONS
        || encoding == XVP;
  }
}
