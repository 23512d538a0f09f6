// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client's side of an RFB handshake, up to the result of authentication. Two ways there and
 * back are spared: the choice of VNC authentication, the one that Proxmox offers (QEMU runs with
 * {@code password=on}), goes with the version, and ClientInit, whose one flag is the relay's, with
 * the last word of authentication. Bytes may come cut anywhere, and before their turn: what is not
 * yet wanted is kept, which is no more than came at once.
 */
public final class UpstreamHandshake {

  private static final Pattern BANNER = Pattern.compile("RFB (\\d{3})\\.(\\d{3})\n");
  private static final int BANNER_BYTES = 12;
  private static final int NONE = 1;
  private static final int VNC = 2;
  private static final int DONE = -2;

  /** ClientInit (RFC 6143 §7.3.1); with 0 QEMU would throw all others out. */
  private static final byte SHARED = 1;

  private static final int MAX_REASON = 200;
  private static final int MAX_SHOWN = 16;

  private enum State {
    BANNER,
    TYPES,
    TYPE_3_3,
    CHALLENGE,
    RESULT,
    DONE
  }

  private final String password;
  private final boolean guessing;
  private State state = State.BANNER;
  private int minor = 8;
  private boolean initSaid;
  private Buffer in = Buffer.buffer();

  private UpstreamHandshake(String password, boolean guessing) {
    this.password = password;
    this.guessing = guessing;
  }

  /** One that chooses before it is told what is offered, where a display speaks 3.8. */
  public static UpstreamHandshake guessing(String password) {
    return new UpstreamHandshake(password, true);
  }

  /** One that chooses from what is offered. */
  public static UpstreamHandshake asking(String password) {
    return new UpstreamHandshake(password, false);
  }

  /**
   * Takes bytes of the server.
   *
   * @return with what came of ServerInit once the relay is let in
   * @throws AuthenticationException when the server refuses the password
   * @throws OtherAuthenticationException when one that guesses has to ask, over a new connection
   * @throws RfbException when it speaks something else
   */
  public Progress feed(Buffer data) {
    in.appendBuffer(data);
    Buffer send = Buffer.buffer();
    while (true) {
      int used =
          switch (state) {
            case BANNER -> banner(send);
            case TYPES -> types(send);
            case TYPE_3_3 -> type33();
            case CHALLENGE -> challenge(send);
            case RESULT -> result();
            case DONE -> DONE;
          };
      if (used == DONE) {
        return new Progress(send, in);
      }
      if (used < 0) {
        return Progress.waiting(send);
      }
      in = in.getBuffer(used, in.length());
      if (!initSaid && (state == State.RESULT || state == State.DONE)) {
        initSaid = true;
        send.appendByte(SHARED);
      }
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
    if (hasGuessed()) {
      send.appendByte((byte) VNC);
    }
    state = minor == 3 ? State.TYPE_3_3 : State.TYPES;
    return BANNER_BYTES;
  }

  /** Known once the display has said its version. */
  private boolean hasGuessed() {
    return guessing && minor == 8;
  }

  private int types(Buffer send) {
    if (in.length() < 1) {
      return -1;
    }
    int count = in.getUnsignedByte(0);
    if (count == 0) {
      return refused(1);
    }
    if (in.length() < 1 + count) {
      return -1;
    }
    List<Integer> offered = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      offered.add((int) in.getUnsignedByte(i));
    }
    if (hasGuessed() && !offered.contains(VNC)) {
      throw new OtherAuthenticationException();
    }
    int chosen = choose(offered);
    if (!hasGuessed()) {
      send.appendByte((byte) chosen);
    }
    return 1 + count;
  }

  /** The display gives a reason instead of kinds of authentication; waited for, but not read on. */
  private int refused(int at) {
    int start = at + Integer.BYTES;
    if (in.length() < start) {
      return -1;
    }
    long length = Math.min(in.getUnsignedInt(at), MAX_REASON);
    if (in.length() < start + length) {
      return -1;
    }
    throw new RfbException("the display refuses: " + text(start, (int) (start + length)));
  }

  private int type33() {
    if (in.length() < Integer.BYTES) {
      return -1;
    }
    int type = in.getInt(0);
    if (type == 0) {
      return refused(Integer.BYTES);
    }
    choose(List.of(type));
    return Integer.BYTES;
  }

  private int choose(List<Integer> offered) {
    if (offered.contains(VNC)) {
      state = State.CHALLENGE;
      return VNC;
    }
    if (!offered.contains(NONE)) {
      throw new RfbException(
          "the display wants authentication of a kind that is not VNC's: it offers "
              + offered.subList(0, Math.min(offered.size(), MAX_SHOWN)));
    }
    state = minor < 8 ? State.DONE : State.RESULT;
    return NONE;
  }

  private int challenge(Buffer send) {
    if (in.length() < VncChallenge.BYTES) {
      return -1;
    }
    send.appendBytes(VncChallenge.answer(password, in.getBytes(0, VncChallenge.BYTES)));
    state = State.RESULT;
    return VncChallenge.BYTES;
  }

  private int result() {
    if (in.length() < Integer.BYTES) {
      return -1;
    }
    if (in.getInt(0) != 0) {
      int start = 2 * Integer.BYTES;
      throw new AuthenticationException(
          minor == 8 ? text(start, Math.min(in.length(), start + MAX_REASON)) : "");
    }
    state = State.DONE;
    return Integer.BYTES;
  }

  /** Text for people; QEMU counts a trailing NUL in. */
  private String text(int start, int end) {
    return end <= start
        ? ""
        : new String(in.getBytes(start, end), StandardCharsets.ISO_8859_1)
            .replaceAll("[^\\x20-\\x7e]", "");
  }
}
