// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.pveconsole.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for a Service: each new connection to one loopback port goes to the next of the ready
 * pods. Connections that are open stay where they are.
 */
final class ServiceProxy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceProxy.class);
  private static final int BACKLOG = 256;
  private static final int MAX_CONNECTIONS = 4096;
  private static final int CONNECT_MILLIS = 2000;

  /** For what a client still sends after its pod has hung up. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final ServerSocket listener;
  private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
  private volatile List<Integer> ports = List.of();
  private int next;

  private ServiceProxy(ServerSocket listener) {
    this.listener = listener;
  }

  /** Listens on a loopback port; refuses connections until it knows pods. */
  static ServiceProxy open(int port) {
    try {
      ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
      ServiceProxy proxy = new ServiceProxy(listener);
      Thread.ofVirtual().name("service-" + port).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new SandboxException(
          "Port " + port + " cannot be opened: " + e.getMessage(), "Choose another.", e);
    }
  }

  /** The loopback ports of the pods that are ready now. */
  void lead(List<Integer> readyPorts) {
    ports = List.copyOf(readyPorts);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        List<Integer> turn = turn();
        if (turn.isEmpty() || !room.tryAcquire()) {
          refuse(client);
          continue;
        }
        Thread.ofVirtual().name("service-connection").start(() -> serve(client, turn));
      } catch (IOException e) {
        LOG.atDebug().addKeyValue("reason", e.getMessage()).log("not accepted");
      }
    }
  }

  /** All ready pods, beginning with the one whose turn it is. */
  private List<Integer> turn() {
    List<Integer> ready = ports;
    if (ready.isEmpty()) {
      return ready;
    }
    int first = Math.floorMod(next++, ready.size());
    List<Integer> turn = new ArrayList<>(ready.subList(first, ready.size()));
    turn.addAll(ready.subList(0, first));
    return turn;
  }

  private void serve(Socket client, List<Integer> turn) {
    try (client;
        Socket pod = connect(turn)) {
      client.setTcpNoDelay(true);
      Thread upwards = Thread.ofVirtual().name("service-up").start(() -> copyUp(client, pod));
      pod.getInputStream().transferTo(client.getOutputStream());
      client.shutdownOutput();
      upwards.join(LAST_WORDS);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("connection ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private static Socket connect(List<Integer> turn) throws IOException {
    IOException failure = new IOException("no pod is ready");
    for (int port : turn) {
      Socket pod = new Socket();
      try {
        pod.setTcpNoDelay(true);
        pod.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return pod;
      } catch (IOException e) {
        pod.close();
        failure = e;
      }
    }
    throw failure;
  }

  private static void copyUp(Socket client, Socket pod) {
    try {
      client.getInputStream().transferTo(pod.getOutputStream());
      pod.shutdownOutput();
    } catch (IOException e) {
      close(pod);
    }
  }

  /** As a Service without endpoints does it: with a reset. */
  private static void refuse(Socket client) {
    try (client) {
      client.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("not refused");
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("not closed");
    }
  }

  /** Takes no more connections; those that are open end with their pods. */
  @Override
  public void close() {
    close(listener);
  }
}
