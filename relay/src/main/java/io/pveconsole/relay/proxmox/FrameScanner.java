// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payload in WebSocket frames from Proxmox, wherever TCP has cut them. Frames are not
 * messages there, so only their headers are read; payload is handed on uncopied where possible.
 */
final class FrameScanner {

  private static final int MAX_HEADER = 10;
  private static final int MAX_CONTROL = 125;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final byte[] header = new byte[MAX_HEADER];
  private int headerLength;
  private int opcode;
  private long left;
  private Buffer control = Buffer.buffer();

  /** What a scan met beside payload. */
  interface Events {
    void pinged(Buffer payload);

    void ponged();

    void peerClosed();
  }

  /** Something that no Proxmox sends. */
  static final class BrokenFrame extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenFrame(String message) {
      super(message);
    }
  }

  /** The payload bytes in the given part of the stream, possibly none. */
  Buffer scan(Buffer part, Events events) throws BrokenFrame {
    @Nullable Buffer single = null;
    @Nullable Buffer joined = null;
    int at = 0;
    while (at < part.length()) {
      if (left == 0) {
        at = readHeader(part, at);
        if (left == 0 && headerComplete()) {
          endOfFrame(events);
        }
        continue;
      }
      int length = (int) Math.min(left, part.length() - at);
      Buffer payload = part.slice(at, at + length);
      at += length;
      left -= length;
      if (opcode >= CLOSE) {
        control.appendBuffer(payload);
      } else if (single == null) {
        single = payload;
      } else {
        joined = joined == null ? Buffer.buffer(part.length()).appendBuffer(single) : joined;
        joined.appendBuffer(payload);
      }
      if (left == 0) {
        endOfFrame(events);
      }
    }
    if (joined != null) {
      return joined;
    }
    return single == null ? Buffer.buffer() : alone(single, part);
  }

  /** Little of a large part is copied: while it waits for a browser it would keep all of it. */
  private static Buffer alone(Buffer payload, Buffer part) {
    return 2 * payload.length() < part.length() ? Buffer.buffer(payload.getBytes()) : payload;
  }

  private int readHeader(Buffer part, int from) throws BrokenFrame {
    int at = from;
    while (at < part.length() && !headerComplete()) {
      header[headerLength++] = part.getByte(at++);
    }
    if (headerComplete()) {
      begin();
    }
    return at;
  }

  private boolean headerComplete() {
    return headerLength >= 2 && headerLength == 2 + lengthBytes();
  }

  private int lengthBytes() {
    return switch (header[1] & 0x7F) {
      case 126 -> 2;
      case 127 -> 8;
      default -> 0;
    };
  }

  private void begin() throws BrokenFrame {
    opcode = header[0] & 0x0F;
    boolean known = opcode <= 2 || (opcode >= CLOSE && opcode <= PONG);
    if ((header[0] & 0x70) != 0 || (header[1] & 0x80) != 0 || !known) {
      throw new BrokenFrame("a frame that is masked, compressed or of unknown kind");
    }
    left = header[1] & 0x7F;
    if (lengthBytes() > 0) {
      left = 0;
      for (int i = 2; i < headerLength; i++) {
        left = left << 8 | (header[i] & 0xFF);
      }
    }
    if (left < 0 || (opcode >= CLOSE && left > MAX_CONTROL)) {
      throw new BrokenFrame("a frame of impossible length");
    }
  }

  private void endOfFrame(Events events) {
    headerLength = 0;
    Buffer payload = control;
    control = opcode >= CLOSE ? Buffer.buffer() : control;
    if (opcode == PING) {
      events.pinged(payload);
    } else if (opcode == PONG) {
      events.ponged();
    } else if (opcode == CLOSE) {
      events.peerClosed();
    }
  }
}
