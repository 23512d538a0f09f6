// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a port of this machine that can lose packets: connections stay open and are silent. */
final class LossyNetwork implements AutoCloseable {
  private static final int CHUNK = 16 * 1024;

  private final ServerSocket server;
  private final int target;
  private final Set<Way> ways = ConcurrentHashMap.newKeySet();
  private volatile boolean losing;

  private static final class Way {
    private final Socket near;
    private final Socket far;
    private volatile boolean losing;

    Way(Socket near, Socket far, boolean losing) {
      this.near = near;
      this.far = far;
      this.losing = losing;
    }
  }

  LossyNetwork(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What is connected now stays connected and hears nothing any more; what comes later works. */
  void stallOpenConnections() {
    ways.forEach(way -> way.losing = true);
  }

  /** Nothing comes through. */
  void lose() {
    losing = true;
    stallOpenConnections();
  }

  /** New connections come through again. */
  void heal() {
    losing = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Way way = new Way(near, new Socket(InetAddress.getLoopbackAddress(), target), losing);
        ways.add(way);
        Thread.ofVirtual().start(() -> carry(way, way.near, way.far));
        Thread.ofVirtual().start(() -> carry(way, way.far, way.near));
      }
    } catch (IOException closed) {
      ways.forEach(LossyNetwork::hangUp);
    }
  }

  private void carry(Way way, Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (!way.losing) {
          out.write(chunk, 0, read);
        }
      }
    } catch (IOException ended) {
      // The other direction ends too, below.
    }
    if (!way.losing || from.equals(way.near)) {
      ways.remove(way);
      hangUp(way);
    }
  }

  private static void hangUp(Way way) {
    try {
      way.near.close();
      way.far.close();
    } catch (IOException ended) {
      // It is closed all the same.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
