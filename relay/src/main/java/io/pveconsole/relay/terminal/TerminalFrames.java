// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.terminal;

import io.vertx.core.buffer.Buffer;

/** The framing of termproxy: {@code 0:LEN:DATA}, {@code 1:COLS:ROWS:} and {@code 2}. */
public final class TerminalFrames {

  private static final int MAX_COLUMNS = 1000;
  private static final int MAX_ROWS = 500;

  private TerminalFrames() {}

  /** Keys for the guest. */
  public static Buffer input(Buffer data) {
    return Buffer.buffer("0:" + data.length() + ":").appendBuffer(data);
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
