// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import java.io.DataOutputStream;
import java.io.IOException;

/** What one client is sent. All is called by the thread that reads, except {@link #run}. */
interface Updates {

  /** Makes them for a client. */
  interface Factory {
    /**
     * Updates for the client behind {@code out}, which passes messages on when flushed; nobody else
     * writes to it after the handshake.
     */
    Updates of(DataOutputStream out);
  }

  /** The client wants its pixels in another form. */
  default void format(PixelFormat next) {}

  /** The client names the encodings that it knows. */
  default void encodings(int[] asked) {}

  /** The client wants to be told of changes of an area, or of all of it. */
  void request(boolean incremental, int x, int y, int width, int height) throws IOException;

  /** A key's keysym, or the pointer's place as {@code x << 16 | y}. */
  default void input(int what) throws IOException {}

  /** Something was copied in the guest. */
  default void cutText(String text) {}

  /** Sends until stopped, which may be at once; has a thread of its own. */
  void run() throws IOException;

  /** Ends {@link #run}. */
  void stop();
}
