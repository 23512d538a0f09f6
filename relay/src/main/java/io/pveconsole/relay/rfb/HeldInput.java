// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys and buttons that the guest believes to be down. */
final class HeldInput {

  private static final int MAX_KEYS = 64;

  private final Map<Long, Buffer> keys = new LinkedHashMap<>();
  private int buttons;
  private int x;
  private int y;

  /** Notes an input message that goes upstream. */
  void note(Buffer message) {
    switch (message.getUnsignedByte(0)) {
      case ClientMessage.KEY ->
          key(message, message.getUnsignedByte(1) != 0, message.getUnsignedInt(4));
      case ClientMessage.QEMU ->
          key(message, message.getUnsignedShort(2) != 0, 1L << 32 | message.getUnsignedInt(8));
      case ClientMessage.POINTER -> {
        buttons = message.getUnsignedByte(1);
        x = message.getUnsignedShort(2);
        y = message.getUnsignedShort(4);
      }
      default -> throw new IllegalArgumentException("no input message");
    }
  }

  private void key(Buffer message, boolean down, long id) {
    if (!down) {
      keys.remove(id);
    } else if (keys.size() < MAX_KEYS) {
      keys.put(id, message.copy());
    }
  }

  /** The messages that let go of everything; empty when nothing is held. */
  Buffer release() {
    Buffer all = Buffer.buffer();
    for (Buffer key : keys.values()) {
      Buffer up = key.copy();
      if (up.getUnsignedByte(0) == ClientMessage.KEY) {
        up.setByte(1, (byte) 0);
      } else {
        up.setShort(2, (short) 0);
      }
      all.appendBuffer(up);
    }
    if (buttons != 0) {
      all.appendByte((byte) ClientMessage.POINTER)
          .appendByte((byte) 0)
          .appendUnsignedShort(x)
          .appendUnsignedShort(y);
    }
    keys.clear();
    buttons = 0;
    return all;
  }
}
