// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import java.io.IOException;
import java.net.ServerSocket;

/** Two that differ: servers of one Vert.x that listen on the same port share its connections. */
record FreePorts(int open, int management) {

  static FreePorts find() throws IOException {
    try (ServerSocket open = new ServerSocket(0);
        ServerSocket management = new ServerSocket(0)) {
      return new FreePorts(open.getLocalPort(), management.getLocalPort());
    }
  }
}
