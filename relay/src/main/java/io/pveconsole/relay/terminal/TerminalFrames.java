// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.terminal;

import io.vertx.core.buffer.Buffer;

/** The framing of termproxy: {@code 0:LEN:DATA}, {@code 1:COLS:ROWS:} and {@code 2}. */
public final class TerminalFrames {

  private static final int MAX_COLUMNS = 1000;
  private static final int MAX_ROWS = 500;

  /** termproxy reads into a buffer of its own; a long paste in one frame need not fit. */
  static final int MAX_INPUT = 4096;

  private static final int MAX_CHARACTER = 4;
  private static final int MAX_PREFIX = 8;

  private TerminalFrames() {}

  /** Keys for the guest, in frames of few bytes that end with whole UTF-8 characters. */
  public static Buffer input(Buffer data) {
    Buffer frames = Buffer.buffer(data.length() + MAX_PREFIX);
    int at = 0;
    while (at < data.length()) {
      int end = end(data, at);
      frames.appendString("0:" + (end - at) + ":").appendBuffer(data.slice(at, end));
      at = end;
    }
    return frames;
  }

  private static int end(Buffer data, int from) {
    int most = from + MAX_INPUT;
    if (most >= data.length()) {
      return data.length();
    }
    int end = most;
    while (end > most - MAX_CHARACTER && (data.getByte(end) & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  /** A new size, brought into sensible limits. */
  public static Buffer resize(int columns, int rows) {
    return Buffer.buffer(
        "1:" + Math.clamp(columns, 2, MAX_COLUMNS) + ":" + Math.clamp(rows, 1, MAX_ROWS) + ":");
  }

  /** Keeps the terminal open. */
  public static Buffer ping() {
    return Buffer.buffer("2");
  }
}
