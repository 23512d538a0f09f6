// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import io.pveconsole.simulator.console.ConsoleChannel;
import java.util.function.Predicate;

/** A running guest, from start to stop. */
public interface Machine extends AutoCloseable {
  /**
   * Sets the VNC password, which from then lives for its while, and serves the channel. Does not
   * block for long.
   */
  void vnc(ConsoleChannel channel, String password);

  /** Serves a raw terminal; {@code login} decides on the first line. Does not block. */
  void terminal(ConsoleChannel channel, Predicate<String> login);

  /** The text on the screen; empty where it is unknown. */
  String screenText();

  /** The last keys and pointer events, one a line; empty where they are unknown. */
  default String inputText() {
    return "";
  }

  /** Whether it still runs; a real QEMU may end by itself. */
  default boolean alive() {
    return true;
  }

  /** Ends the machine and all its consoles. */
  @Override
  void close();

  /** Ends the consoles alone, as a live migration does. */
  void cutConsoles();
}
