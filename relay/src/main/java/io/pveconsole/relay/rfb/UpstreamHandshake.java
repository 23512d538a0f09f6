// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client's side of an RFB handshake, up to the result of authentication. Bytes may come cut
 * anywhere.
 */
public final class UpstreamHandshake {

  private static final Pattern BANNER = Pattern.compile("RFB (\\d{3})\\.(\\d{3})\n");
  private static final int BANNER_BYTES = 12;
  private static final int MAX_BYTES = 4096;
  private static final int NONE = 1;
  private static final int VNC = 2;

  private enum State {
    BANNER,
    TYPES,
    TYPE_3_3,
    CHALLENGE,
    RESULT
  }

  private final String password;
  private State state = State.BANNER;
  private int minor = 8;
  private Buffer in = Buffer.buffer();

  public UpstreamHandshake(String password) {
    this.password = password;
  }

  /**
   * Takes bytes of the server.
   *
   * @throws AuthenticationException when the server refuses the password
   * @throws RfbException when it speaks something else
   */
  public Progress feed(Buffer data) {
    in.appendBuffer(data);
    if (in.length() > MAX_BYTES && state != State.RESULT) {
      throw new RfbException("too many bytes in the handshake");
    }
    Buffer send = Buffer.buffer();
    while (true) {
      int used =
          switch (state) {
            case BANNER -> banner(send);
            case TYPES -> types(send);
            case TYPE_3_3 -> type33();
            case CHALLENGE -> challenge(send);
            case RESULT -> -2;
          };
      if (used == -2) {
        return result(send);
      }
      if (used < 0) {
        return Progress.waiting(send);
      }
      in = in.getBuffer(used, in.length());
    }
  }

  private int banner(Buffer send) {
    if (in.length() < BANNER_BYTES) {
      return -1;
    }
    Matcher banner = BANNER.matcher(in.getString(0, BANNER_BYTES));
    if (!banner.matches()) {
      throw new RfbException("no RFB banner");
    }
    int offered = Integer.parseInt(banner.group(2));
    minor = offered >= 8 ? 8 : offered == 7 ? 7 : 3;
    send.appendString("RFB 003.00" + minor + "\n");
    state = minor == 3 ? State.TYPE_3_3 : State.TYPES;
    return BANNER_BYTES;
  }

  private int types(Buffer send) {
    if (in.length() < 1) {
      return -1;
    }
    int count = in.getUnsignedByte(0);
    if (count == 0) {
      throw new RfbException("the display refuses: " + reason(1));
    }
    if (in.length() < 1 + count) {
      return -1;
    }
    int chosen = 0;
    for (int i = 1; i <= count; i++) {
      int type = in.getUnsignedByte(i);
      chosen = type == VNC || (type == NONE && chosen == 0) ? type : chosen;
    }
    choose(chosen);
    send.appendByte((byte) chosen);
    return 1 + count;
  }

  private int type33() {
    if (in.length() < Integer.BYTES) {
      return -1;
    }
    choose(in.getInt(0));
    return Integer.BYTES;
  }

  private void choose(int type) {
    if (type != VNC && type != NONE) {
      throw new RfbException("the display offers no known kind of authentication");
    }
    state = type == VNC ? State.CHALLENGE : State.RESULT;
    if (type == NONE && minor < 8) {
      minor = 0;
    }
  }

  private int challenge(Buffer send) {
    if (in.length() < VncChallenge.BYTES) {
      return -1;
    }
    send.appendBytes(VncChallenge.answer(password, in.getBytes(0, VncChallenge.BYTES)));
    state = State.RESULT;
    return VncChallenge.BYTES;
  }

  private Progress result(Buffer send) {
    if (minor == 0) {
      return new Progress(send, in);
    }
    if (in.length() < Integer.BYTES) {
      return Progress.waiting(send);
    }
    if (in.getInt(0) != 0) {
      throw new AuthenticationException(minor == 8 ? reason(Integer.BYTES) : "");
    }
    return new Progress(send, in.getBuffer(Integer.BYTES, in.length()));
  }

  /** A length and a text, as far as it is there already; QEMU counts a trailing NUL in. */
  private String reason(int at) {
    int start = at + Integer.BYTES;
    int end = Math.min(in.length(), start + 200);
    return end <= start
        ? ""
        : new String(in.getBytes(start, end), StandardCharsets.ISO_8859_1)
            .replaceAll("[^\\x20-\\x7e]", "");
  }
}
