// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

/** What a virtual machine's console shows. */
public sealed interface GuestConsole {

  /** A text screen with a shell, for people. */
  record Shell() implements GuestConsole {}

  /** A silent screen that answers each key and pointer event with an update of one pixel. */
  record Echo() implements GuestConsole {}

  /**
   * A screen that sends its whole picture over and over from the first request on, whatever is
   * requested after, and answers input as {@link Echo} does.
   *
   * @param bytesPerSecond to each client; 0 means as much as it takes
   */
  record Firehose(long bytesPerSecond) implements GuestConsole {}

  /**
   * Reads {@code echo}, {@code firehose} or, with a rate in MB/s, {@code firehose:50}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static GuestConsole parse(String text) {
    if (text.equals("echo")) {
      return new Echo();
    }
    if (text.equals("firehose")) {
      return new Firehose(0);
    }
    if (text.matches("firehose:[1-9]\\d{0,3}")) {
      return new Firehose(1_000_000L * Integer.parseInt(text.substring(text.indexOf(':') + 1)));
    }
    throw new IllegalArgumentException("no console: " + text);
  }
}
