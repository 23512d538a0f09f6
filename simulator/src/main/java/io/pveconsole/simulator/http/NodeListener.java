// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import io.pveconsole.simulator.Timings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port 8006 of one node: TLS, or a redirect for those who speak plain HTTP. */
public final class NodeListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeListener.class);
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int WORKERS = 3;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final InetSocketAddress address;
  private final Gate gate;
  private final RequestHandler handler;
  private final Timings timings;
  private final Clock clock;
  private final Worker[] workers = new Worker[WORKERS];
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket server;
  private volatile Thread acceptor;
  private volatile boolean closed;

  /** What a node does with a connection; asked for each one. */
  public interface Gate {
    /** The context with the certificate of the moment. */
    SSLContext context();

    /** Closed at once before TLS, as a denied address is. */
    boolean denies();

    /** Nothing is ever answered, not even the handshake. */
    boolean swallows();

    /** Nothing is read or answered after the handshake. */
    boolean hangs();
  }

  /**
   * Binds at once and starts accepting.
   *
   * @throws IOException when the port cannot be had
   */
  public NodeListener(
      InetSocketAddress address, Gate gate, RequestHandler handler, Timings timings, Clock clock)
      throws IOException {
    this.gate = gate;
    this.handler = handler;
    this.timings = timings;
    this.clock = clock;
    for (int i = 0; i < WORKERS; i++) {
      workers[i] = new Worker();
    }
    server = bind(address);
    this.address = new InetSocketAddress(address.getAddress(), server.getLocalPort());
    acceptor = accept(server);
  }

  /** Address and port in use. */
  public InetSocketAddress address() {
    return address;
  }

  /** Stops listening: when it returns, new connections are refused; open ones go on. */
  public void refuse() throws IOException {
    server.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens again on the same port. */
  public void listenAgain() throws IOException {
    if (server.isClosed() && !closed) {
      server = bind(address);
      acceptor = accept(server);
    }
  }

  /** Cuts all open connections, consoles among them. */
  public void cut() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    server.close();
    cut();
  }

  private static ServerSocket bind(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(address, 512);
    return socket;
  }

  private Thread accept(ServerSocket from) {
    return Thread.ofVirtual()
        .name("accept-" + address(from))
        .start(
            () -> {
              int next = 0;
              while (!from.isClosed()) {
                try {
                  Socket socket = from.accept();
                  Worker worker = workers[next++ % WORKERS];
                  Thread.ofVirtual().name("connection").start(() -> serve(socket, worker));
                } catch (IOException e) {
                  if (!from.isClosed()) {
                    LOG.atWarn().addKeyValue("reason", e.getMessage()).log("accept failed");
                  }
                }
              }
            });
  }

  private static String address(ServerSocket socket) {
    return String.valueOf(socket.getLocalPort());
  }

  private void serve(Socket raw, Worker worker) {
    open.add(raw);
    worker.add(raw);
    try (raw) {
      if (gate.denies()) {
        return;
      }
      if (gate.swallows()) {
        raw.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        return;
      }
      raw.setTcpNoDelay(true);
      raw.setSoTimeout(Math.toIntExact(timings.keepAliveIdle().toMillis()));
      int first = raw.getInputStream().read();
      if (first < 0) {
        return;
      }
      try (Socket secured = secured(raw, first)) {
        if (secured != null && gate.hangs()) {
          secured.setSoTimeout(0);
          secured.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } else if (secured != null) {
          new HttpConnection(secured, true, worker, handler, timings, clock).run();
        } else {
          Socket plain = new PeekedSocket(raw, first);
          new HttpConnection(plain, false, worker, handler, timings, clock).run();
        }
      }
    } catch (SocketException | javax.net.ssl.SSLException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("connection ended");
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", String.valueOf(e)).log("connection failed");
    } finally {
      worker.remove(raw);
      open.remove(raw);
    }
  }

  private @Nullable SSLSocket secured(Socket raw, int first) throws IOException {
    if (first != TLS_HANDSHAKE) {
      return null;
    }
    ByteArrayInputStream consumed = new ByteArrayInputStream(new byte[] {(byte) first});
    SSLSocket socket =
        (SSLSocket) gate.context().getSocketFactory().createSocket(raw, consumed, true);
    socket.setEnabledProtocols(PROTOCOLS);
    socket.startHandshake();
    return socket;
  }
}
