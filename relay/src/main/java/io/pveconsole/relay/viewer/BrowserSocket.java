// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** The browser's leg of a viewer. Belongs to the viewer's event loop. */
public interface BrowserSocket {

  /** Who hears of what the browser does. */
  interface Events {

    /** Bytes of the console. */
    void bytes(Buffer data);

    /** A control message. */
    void control(JsonObject message);

    /** The browser broke the protocol. */
    void broken(String what);

    /** Called when little is queued again after {@link #isBehind()} was true. */
    void drained();

    /** Called once when the socket is gone, whoever closed it. */
    void gone();
  }

  /** Sets the one listener, then lets the browser speak. */
  void begin(Events events);

  /** Whether it speaks of more than the console's bytes; a plain socket does not. */
  boolean isControlled();

  /** Sends a control message; nothing on a plain socket. */
  void control(JsonObject message);

  /** Sends bytes of the console. */
  void send(Buffer data);

  /** Adds bytes of the console to what {@link #flush()} sends, or sends them if they are many. */
  void add(Buffer data);

  /** Sends what was added. */
  void flush();

  /** Bytes that wait to be taken by the network, with what they take beside themselves. */
  long queuedBytes();

  /** The same of what the network has taken in all. */
  long takenBytes();

  /** Whether so much is queued that no more should be asked for. */
  boolean isBehind();

  /** Whether so much is queued that its guest must wait. */
  boolean isFull();

  /** Whether so much more than full, from a guest that does not wait, that it must be closed. */
  boolean isFlooded();

  /** Stops or starts reading from the browser. */
  void reading(boolean on);

  /** Closes with a code and a reason; calling it again changes nothing. */
  void close(int code, String reason);
}
