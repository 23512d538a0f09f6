// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts the browser's bytes into whole RFB messages, wherever they were split. Anything that is not
 * on the list ends the connection: an unknown length would shift all that follows.
 */
public final class ClientMessageScanner {

  /** Longest text that may be copied, in bytes. */
  static final int MAX_CUT_TEXT = 1024 * 1024;

  private static final int UNKNOWN_YET = -1;
  private static final int MAX_ENCODINGS = 1024;
  private static final int MAX_FENCE = 64;
  private static final int MAX_SCREENS = 16;

  private Buffer pending = Buffer.buffer();

  /**
   * Hands over each message that is complete.
   *
   * @throws RfbException at a message that is not allowed
   */
  public void feed(Buffer data, Consumer<Buffer> messages) {
    Buffer all = pending.length() == 0 ? data : pending.appendBuffer(data);
    int at = 0;
    while (at < all.length()) {
      int length = length(all, at);
      if (length == UNKNOWN_YET || all.length() - at < length) {
        break;
      }
      messages.accept(all.slice(at, at + length));
      at += length;
    }
    pending = at == all.length() ? Buffer.buffer() : all.getBuffer(at, all.length());
  }

  /** Bytes of a message that is not complete. */
  public int pendingBytes() {
    return pending.length();
  }

  private static int length(Buffer all, int at) {
    return switch (all.getUnsignedByte(at)) {
      case ClientMessage.SET_PIXEL_FORMAT -> 20;
      case ClientMessage.SET_ENCODINGS -> encodings(all, at);
      case ClientMessage.UPDATE_REQUEST -> 10;
      case ClientMessage.KEY -> 8;
      case ClientMessage.POINTER -> 6;
      case ClientMessage.CUT_TEXT -> cutText(all, at);
      case ClientMessage.CONTINUOUS_UPDATES -> 10;
      case ClientMessage.FENCE -> fence(all, at);
      case ClientMessage.XVP -> 4;
      case ClientMessage.SET_DESKTOP_SIZE -> desktopSize(all, at);
      case ClientMessage.QEMU -> qemu(all, at);
      default -> throw new RfbException("message " + all.getUnsignedByte(at));
    };
  }

  private static int encodings(Buffer all, int at) {
    if (all.length() - at < 4) {
      return UNKNOWN_YET;
    }
    int count = all.getUnsignedShort(at + 2);
    return 4 + 4 * limited(count, MAX_ENCODINGS, "encodings");
  }

  private static int cutText(Buffer all, int at) {
    if (all.length() - at < 8) {
      return UNKNOWN_YET;
    }
    int length = all.getInt(at + 4);
    if (length == Integer.MIN_VALUE) {
      throw new RfbException("cut text of no possible length");
    }
    return 8 + limited(Math.abs(length), MAX_CUT_TEXT, "bytes of cut text");
  }

  private static int fence(Buffer all, int at) {
    return all.length() - at < 9
        ? UNKNOWN_YET
        : 9 + limited(all.getUnsignedByte(at + 8), MAX_FENCE, "bytes of a fence");
  }

  private static int desktopSize(Buffer all, int at) {
    return all.length() - at < 8
        ? UNKNOWN_YET
        : 8 + 16 * limited(all.getUnsignedByte(at + 6), MAX_SCREENS, "screens");
  }

  private static int qemu(Buffer all, int at) {
    if (all.length() - at < 4) {
      return UNKNOWN_YET;
    }
    int kind = all.getUnsignedByte(at + 1);
    if (kind == ClientMessage.QEMU_KEY) {
      return 12;
    }
    if (kind == ClientMessage.QEMU_AUDIO) {
      return all.getUnsignedShort(at + 2) == 2 ? 10 : 4;
    }
    throw new RfbException("QEMU message " + kind);
  }

  private static int limited(int value, int most, String what) {
    if (value > most) {
      throw new RfbException(value + " " + what);
    }
    return value;
  }
}
