// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between an operator and the API server, which can be cut and mended. */
final class Wire implements AutoCloseable {

  private static final int CHUNK = 16 * 1024;

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final URI target;
  private volatile boolean cut;

  private Wire(ServerSocket server, URI target) {
    this.server = server;
    this.target = target;
  }

  static Wire to(String masterUrl) throws IOException {
    Wire wire =
        new Wire(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), URI.create(masterUrl));
    Thread.ofVirtual().start(wire::accept);
    return wire;
  }

  String url() {
    return "https://127.0.0.1:" + server.getLocalPort();
  }

  /** Ends all connections; new ones are ended at once until it is mended. */
  void cut() {
    cut = true;
    drop();
  }

  void mend() {
    cut = false;
  }

  /** Ends all connections, those of watches too; new ones are let through. */
  void drop() {
    open.forEach(Wire::end);
  }

  /** All connections stay, and nothing passes them any more; new ones are let through. */
  void silence() {
    silent.addAll(open);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (cut) {
          end(client);
        } else {
          Thread.ofVirtual().start(() -> join(client));
        }
      } catch (IOException e) {
        drop();
      }
    }
  }

  private void join(Socket client) {
    try (client;
        Socket behind = new Socket(target.getHost(), target.getPort())) {
      open.add(client);
      open.add(behind);
      Thread back = Thread.ofVirtual().start(() -> copy(behind, client));
      copy(client, behind);
      back.join();
    } catch (IOException e) {
      end(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (!silent.contains(from)) {
          to.getOutputStream().write(chunk, 0, n);
        }
      }
    } catch (IOException e) {
      open.remove(from);
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a socket does not fail", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    drop();
  }
}
