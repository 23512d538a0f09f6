// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

/** What a console shows. Called on its event loop. */
public interface ScreenEvents {

  /** A whole update of so many bytes has come, headers included. */
  void update(int bytes);

  /** The guest has answered an event with its four bytes. */
  void echo(int what);

  /** For consoles that are only open. */
  ScreenEvents NONE =
      new ScreenEvents() {
        @Override
        public void update(int bytes) {}

        @Override
        public void echo(int what) {}
      };
}
