// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The server's side of an RFB handshake without authentication, up to and including ClientInit,
 * whose shared flag is not the browser's to choose. Accepts 3.8, 3.7 and 3.3.
 */
public final class BrowserHandshake {

  private static final int BANNER_BYTES = 12;
  private static final int MAX_BYTES = 64 * 1024;

  private enum State {
    BANNER,
    TYPE,
    CLIENT_INIT
  }

  private State state = State.BANNER;
  private int minor = 8;
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
      if (in.getByte(0) != 1) {
        throw new RfbException("authentication that was not offered");
      }
      skip(1);
      if (minor == 8) {
        send.appendInt(0);
      }
      state = State.CLIENT_INIT;
    }
    if (state == State.CLIENT_INIT && in.length() >= 1) {
      skip(1);
      return new Progress(send, in);
    }
    return Progress.waiting(send);
  }

  private void banner(Buffer send) {
    minor =
        minorVersion(in.getString(0, BANNER_BYTES))
            .orElseThrow(() -> new RfbException("no RFB banner"));
    skip(BANNER_BYTES);
    if (minor == 3) {
      send.appendInt(1);
      state = State.CLIENT_INIT;
    } else {
      send.appendByte((byte) 1).appendByte((byte) 1);
      state = State.TYPE;
    }
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
