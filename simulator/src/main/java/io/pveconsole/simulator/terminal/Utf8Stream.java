// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 that comes in pieces cut anywhere, as a terminal reads it. */
final class Utf8Stream {
  private static final int MAX_CHARACTER = 4;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer begun = ByteBuffer.allocate(0);

  /** The characters that are whole by now; the rest waits for the next piece. */
  String decode(byte[] piece) {
    ByteBuffer in = ByteBuffer.allocate(begun.remaining() + piece.length).put(begun).put(piece);
    in.flip();
    CharBuffer out = CharBuffer.allocate(in.remaining() + MAX_CHARACTER);
    decoder.decode(in, out, false);
    begun = in;
    return out.flip().toString();
  }
}
