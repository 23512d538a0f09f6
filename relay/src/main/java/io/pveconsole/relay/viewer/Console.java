// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.vertx.core.buffer.Buffer;

/** An open console of one kind between a browser and a guest. Belongs to one event loop. */
interface Console {

  /** Who hears of it. */
  interface Events {

    /** The person did something. */
    void input();

    /** The browser's side must be closed. */
    void fail(CloseCode code, String reason);

    /** The guest's side is gone. */
    void lost();
  }

  /** Lets bytes flow. */
  void start();

  /** Bytes of the browser. */
  void fromBrowser(Buffer data);

  /** A control message of the browser about the size. */
  void resize(int columns, int rows);

  /** The browser has taken most of what was sent. */
  void browserDrained();

  /** A changed policy. */
  void policy(Policy policy);

  /** Called each {@link ConsoleTimes#tick()}. */
  void tick();

  /** Lets go of keys and closes the guest's side. */
  void close();
}
