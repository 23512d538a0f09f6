// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import io.pveconsole.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Hands out loopback ports, none of them twice. Thread-safe. */
public final class Ports {

  private static final int TRIES = 200;

  private final Set<Integer> given = new HashSet<>();
  private final Set<Integer> promised = new HashSet<>();

  /** The first free port from {@code first} upwards. */
  public synchronized int firstFreeFrom(int first) {
    for (int port = first; port < Math.min(first + TRIES, 65536); port++) {
      if (!given.contains(port) && !promised.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new SandboxException(
        "No free port from " + first + " to " + (first + TRIES - 1) + ".",
        "Choose another with --port PORT.");
  }

  /** Exactly this port, also one that was promised by {@link #promise}. */
  public synchronized int exactly(int port) {
    if (given.contains(port) || !isFree(port)) {
      throw new SandboxException(
          "Port " + port + " is taken.",
          "Stop the program that listens there (ss -ltnp 'sport = :"
              + port
              + "', or lsof -i :"
              + port
              + "), or choose another with --port PORT.");
    }
    given.add(port);
    return port;
  }

  /** Turns a port in hand into one that only {@link #exactly} hands out again. */
  public synchronized void promise(int port) {
    given.remove(port);
    promised.add(port);
  }

  /** Takes a port back. */
  public synchronized void release(int port) {
    given.remove(port);
  }

  /** Any free port. */
  public synchronized int any() {
    for (int i = 0; i < TRIES; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (!promised.contains(port) && given.add(port)) {
          return port;
        }
      } catch (IOException e) {
        throw new SandboxException(
            "No port can be opened: " + e.getMessage(), "Check the limits of this machine.", e);
      }
    }
    throw new SandboxException("No free port.", "Stop programs that hold many ports.");
  }

  /**
   * Free on loopback and on all addresses: a program that listens on either would be in the way.
   */
  private static boolean isFree(int port) {
    for (InetSocketAddress address :
        new InetSocketAddress[] {
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new InetSocketAddress(port)
        }) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(address, 1);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
