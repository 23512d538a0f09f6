// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** What becomes of a request. */
public sealed interface Reply {

  /**
   * An ordinary answer. {@code fromDaemon}: pvedaemon answered behind pveproxy, which gives two
   * Connection headers. A null or empty body is sent without Content-Length, as pveproxy does.
   */
  record Answer(int status, String reason, @Nullable String json, boolean fromDaemon)
      implements Reply {
    /** Without the body, which may hold tickets. */
    @Override
    public String toString() {
      return status + " " + reason;
    }
  }

  /** A redirect; only for plain HTTP on the TLS port. */
  record Redirect(int status, String reason, String location) implements Reply {}

  /** 101, after which the streams belong to {@code takeover}. */
  record Upgrade(String acceptKey, String protocol, Takeover takeover) implements Reply {}

  /** No answer, ever; the connection stays open. */
  record Silence() implements Reply {}

  /** The worker process dies, and with it all its connections, without a TLS goodbye. */
  record WorkerDeath() implements Reply {}

  /** Runs an upgraded connection until it ends. */
  interface Takeover {
    /** Blocks until the connection is over. */
    void run(InputStream in, OutputStream out, Worker worker) throws IOException;
  }
}
