// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import io.pveconsole.simulator.console.ConsoleChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One VNC server: its clients share a desktop and obey each other's shared flags as QEMU has it
 * (allow-exclusive).
 */
public final class RfbServer {
  private final Desktop desktop;
  private final Updates.Factory updates;
  private final Set<RfbSession> clients = new LinkedHashSet<>();

  private RfbServer(Desktop desktop, Updates.Factory updates) {
    this.desktop = desktop;
    this.updates = updates;
  }

  /** A server that sends what changes on {@code desktop}. */
  public RfbServer(Desktop desktop) {
    this(desktop, out -> new UpdateSender(desktop.frame(), out));
  }

  /** A server that answers each key and pointer event with one pixel, and says nothing else. */
  public static RfbServer echo(Desktop desktop) {
    return new RfbServer(desktop, EchoUpdates::new);
  }

  /**
   * A server that sends the whole picture over and over.
   *
   * @param bytesPerSecond to each client; 0 means as much as it takes
   */
  public static RfbServer firehose(Desktop desktop, long bytesPerSecond) {
    return new RfbServer(desktop, out -> new FirehoseUpdates(desktop.frame(), out, bytesPerSecond));
  }

  /** Serves a client on threads of its own; {@code secret} guards this connection. */
  public void serve(ConsoleChannel channel, VncSecret secret) {
    RfbSession session = new RfbSession(this, desktop, updates, channel, secret);
    channel.onClose(() -> remove(session));
    Thread.ofVirtual().name("rfb").start(session::run);
  }

  /** Gives text to the clipboards of all clients. */
  public void copy(String text) {
    for (RfbSession client : clients()) {
      client.cutText(text);
    }
  }

  /** How many clients have passed authentication and initialisation. */
  public int clientCount() {
    return clients().size();
  }

  /**
   * Lets an initialised client in. Not shared: all others are thrown out. Shared while an exclusive
   * one is here: refused.
   */
  boolean enter(RfbSession session, boolean shared) {
    List<RfbSession> others;
    synchronized (clients) {
      others = List.copyOf(clients);
      if (shared && others.stream().anyMatch(c -> !c.shared())) {
        return false;
      }
      clients.add(session);
    }
    if (!shared) {
      others.forEach(RfbSession::close);
    }
    return true;
  }

  private void remove(RfbSession session) {
    synchronized (clients) {
      clients.remove(session);
    }
  }

  private List<RfbSession> clients() {
    synchronized (clients) {
      return List.copyOf(clients);
    }
  }
}
