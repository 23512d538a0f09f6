// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The server's side of an RFB handshake without authentication, up to and including ClientInit,
 * whose shared flag is not the browser's to choose. Accepts 3.8, 3.7 and 3.3. To a browser of 3.8
 * SecurityResult goes with the one kind there is to choose (RFC 6143 §7.1.2, §7.1.3), which spares
 * a way there and back: a browser that chooses another is closed.
 */
public final class BrowserHandshake {

  private static final int BANNER_BYTES = 12;
  private static final int MAX_BYTES = 64 * 1024;
  private static final int NONE = 1;
  private static final int OK = 0;

  private enum State {
    BANNER,
    TYPE,
    CLIENT_INIT
  }

  private State state = State.BANNER;
  private Buffer in = Buffer.buffer();

  /** What is sent first. */
  public Buffer banner() {
    return Buffer.buffer("RFB 003.008\n");
  }

  /**
   * Takes bytes of the browser.
   *
   * @throws RfbException when it speaks something else
   */
  public Progress feed(Buffer data) {
    in.appendBuffer(data);
    if (in.length() > MAX_BYTES) {
      throw new RfbException("too many bytes in the handshake");
    }
    Buffer send = Buffer.buffer();
    if (state == State.BANNER && in.length() >= BANNER_BYTES) {
      banner(send);
    }
    if (state == State.TYPE && in.length() >= 1) {
      if (in.getByte(0) != NONE) {
        throw new RfbException("authentication that was not offered");
      }
      skip(1);
      state = State.CLIENT_INIT;
    }
    if (state == State.CLIENT_INIT && in.length() >= 1) {
      skip(1);
      return new Progress(send, in);
    }
    return Progress.waiting(send);
  }

  private void banner(Buffer send) {
    int minor =
        minorVersion(in.getString(0, BANNER_BYTES))
            .orElseThrow(() -> new RfbException("no RFB banner"));
    skip(BANNER_BYTES);
    if (minor == 3) {
      send.appendInt(NONE);
      state = State.CLIENT_INIT;
      return;
    }
    send.appendByte((byte) 1).appendByte((byte) NONE);
    if (minor == 8) {
      send.appendInt(OK);
    }
    state = State.TYPE;
  }

  private static Optional<Integer> minorVersion(String banner) {
    return switch (banner) {
      case "RFB 003.008\n" -> Optional.of(8);
      case "RFB 003.007\n" -> Optional.of(7);
      case "RFB 003.003\n" -> Optional.of(3);
      default -> Optional.empty();
    };
  }

  private void skip(int bytes) {
    in = in.getBuffer(bytes, in.length());
  }
}
