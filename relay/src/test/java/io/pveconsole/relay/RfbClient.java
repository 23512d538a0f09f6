// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An RFB client that blocks, on whatever way to a server. */
public interface RfbClient {

  void send(byte[] data) throws IOException;

  /** The next bytes; fails by SocketTimeoutException when they do not come in time. */
  byte[] read(int length) throws IOException;

  /** How long a read waits. */
  void patience(int millis) throws IOException;

  /** RFB 3.8 up to and including ServerInit. */
  default void handshake() throws IOException {
    greet();
    init();
  }

  /** RFB 3.8 up to and including ClientInit. */
  default void greet() throws IOException {
    read(12);
    send("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
    read(2);
    send(new byte[] {1});
    read(4);
    send(new byte[] {1});
  }

  /** Reads ServerInit. */
  default void init() throws IOException {
    read(Buffer.buffer(read(24)).getInt(20));
  }
}
