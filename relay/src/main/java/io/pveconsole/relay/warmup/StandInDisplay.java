// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * A guest's display: RFB 3.8 with VNC authentication, one picture for each request, one pixel for
 * what is typed, and the frames without a payload that a long console has now and then. What never
 * came in the warm-up is compiled as if it never would.
 */
final class StandInDisplay {

  /** The desktop's name in ServerInit. */
  static final String NAME = "warm-up";

  /** Edge of the square screen, in pixels of four bytes. */
  static final int EDGE = 32;

  private static final int POINTER = 5;
  private static final int POINTER_BYTES = 6;
  private static final int UPDATE_REQUEST = 3;
  private static final int UPDATE_REQUEST_BYTES = 10;
  private static final int CHALLENGE_BYTES = 16;
  private static final int[] TO_READ = {12, 1, CHALLENGE_BYTES, 1};

  private final ServerWebSocket socket;
  private Buffer unread = Buffer.buffer();
  private int step;

  StandInDisplay(ServerWebSocket socket) {
    this.socket = socket;
    socket.handler(this::received);
    send(Buffer.buffer("RFB 003.008\n"));
  }

  private void received(Buffer data) {
    if (step == TO_READ.length) {
      serve(data);
      return;
    }
    unread.appendBuffer(data);
    while (step < TO_READ.length && unread.length() >= TO_READ[step]) {
      unread = unread.getBuffer(TO_READ[step], unread.length());
      step++;
      send(answer(step));
    }
  }

  private static Buffer answer(int done) {
    return switch (done) {
      case 1 -> Buffer.buffer(new byte[] {1, 2});
      case 2 -> Buffer.buffer(new byte[CHALLENGE_BYTES]);
      case 3 -> Buffer.buffer(new byte[] {0, 0, 0, 0});
      default -> serverInit();
    };
  }

  private static Buffer serverInit() {
    return Buffer.buffer()
        .appendUnsignedShort(EDGE)
        .appendUnsignedShort(EDGE)
        .appendBytes(new byte[] {32, 24, 0, 1, 0, -1, 0, -1, 0, -1, 16, 8, 0, 0, 0, 0})
        .appendInt(NAME.length())
        .appendBytes(NAME.getBytes(StandardCharsets.US_ASCII));
  }

  /** The relay passes a message as it came, at the end of what came with it. */
  private void serve(Buffer data) {
    if (endsWith(data, UPDATE_REQUEST, UPDATE_REQUEST_BYTES)) {
      send(update(EDGE));
    } else if (endsWith(data, POINTER, POINTER_BYTES)) {
      sent(socket.writePing(Buffer.buffer()));
      sent(socket.writePong(Buffer.buffer()));
      send(update(1));
    }
  }

  private static boolean endsWith(Buffer data, int type, int length) {
    int at = data.length() - length;
    return at >= 0 && data.getByte(at) == type;
  }

  /** Bytes of an update of one square of so many pixels each way. */
  static int updateBytes(int edge) {
    return 16 + edge * edge * Integer.BYTES;
  }

  private static Buffer update(int edge) {
    return Buffer.buffer(new byte[] {0, 0, 0, 1, 0, 0, 0, 0})
        .appendUnsignedShort(edge)
        .appendUnsignedShort(edge)
        .appendInt(0)
        .appendBytes(new byte[edge * edge * Integer.BYTES]);
  }

  private void send(Buffer data) {
    sent(socket.writeBinaryMessage(data));
  }

  private void sent(Future<Void> written) {
    written.onFailure(thrown -> socket.close());
  }
}
