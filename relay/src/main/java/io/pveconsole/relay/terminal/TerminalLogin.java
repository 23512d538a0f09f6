// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.terminal;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Waits for the {@code OK} that termproxy puts before the terminal's output. */
public final class TerminalLogin {

  private Buffer in = Buffer.buffer();

  /**
   * Takes bytes of termproxy.
   *
   * @return the output after {@code OK}, null while it has not come
   * @throws IllegalStateException when the login is refused
   */
  public @Nullable Buffer feed(Buffer data) {
    in.appendBuffer(data);
    if (in.length() < 2) {
      return null;
    }
    if (in.getByte(0) != 'O' || in.getByte(1) != 'K') {
      throw new IllegalStateException("termproxy refuses the login");
    }
    return in.getBuffer(2, in.length());
  }
}
