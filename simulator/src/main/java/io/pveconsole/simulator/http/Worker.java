// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of pveproxy's worker processes: its connections live and die together. */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  void add(Socket socket) {
    connections.add(socket);
  }

  void remove(Socket socket) {
    connections.remove(socket);
  }

  /**
   * Ends every connection of this worker at once, without a TLS goodbye; a new worker takes its
   * place.
   */
  public void die() {
    LOG.atDebug().addKeyValue("connections", connections.size()).log("worker died");
    for (Socket socket : connections) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("closing a connection of a dead worker");
      }
    }
    connections.clear();
  }
}
