// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

/** Somebody who watches, and asks for more after each update. */
public interface Reader extends ScreenEvents {

  /** Begins to ask. */
  void start(OpenConsole opened);

  /** How many bytes of updates have come. */
  long bytes();

  @Override
  default void echo(int what) {}
}
