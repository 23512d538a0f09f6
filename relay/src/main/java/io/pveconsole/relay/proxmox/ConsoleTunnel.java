// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The open way to one console: bytes in both directions, cut at arbitrary places.
 *
 * <p>It belongs to the event loop of the context that opened it: every handler is called there and
 * every method must be called there. It is paused when handed over; set the handlers, then {@link
 * #resume()}. Proxmox buffers without bound what is not read, so a pause should be short.
 */
public interface ConsoleTunnel {

  /** The guest as it was found for this open. */
  Guest guest();

  /**
   * The password for RFB's VNC authentication, of which DES takes 8 bytes; empty for a terminal.
   * Valid for 30 s.
   */
  Optional<Secret> vncPassword();

  /**
   * The first line for termproxy including its line feed, to be answered by {@code OK}; empty for
   * VNC.
   */
  Optional<Secret> terminalLogin();

  /**
   * Says that the display accepted or refused the password, so that the next open of this guest may
   * begin. Until then, at most {@link TimeLimits#turn()}, others wait: a guest has one VNC
   * password. Closing says the same; calling it again changes nothing.
   */
  void authenticationDone();

  /**
   * Sends bytes in complete masked frames of at most 131072 bytes. The future fails when the tunnel
   * is closed.
   */
  Future<Void> write(Buffer data);

  /** Whether so much waits to be sent that no more should be. */
  boolean writeQueueFull();

  /** Called when it can be written to again. */
  void drainHandler(@Nullable Handler<Void> handler);

  /** Takes what the guest sends. A buffer is valid during the call only: who keeps it copies it. */
  void handler(@Nullable Handler<Buffer> handler);

  /** Called when all that was read in a row was handed over. */
  void batchHandler(@Nullable Handler<Void> handler);

  /** Holds the guest's bytes where they come from; what was read already, up to 64 KiB, waits. */
  void pause();

  /** Ends {@link #pause()}. */
  void resume();

  /** Hears of what breaks before {@link #close()}. */
  void exceptionHandler(@Nullable Handler<Throwable> handler);

  /**
   * Called once when the connection is gone, whoever closed it; at once if it is gone already.
   * Proxmox tells no reason: ask {@link ProxmoxClient#explainLoss}.
   */
  void closeHandler(@Nullable Handler<Void> handler);

  /** Asks Proxmox for a sign of life, of which the guest learns nothing. */
  void ping();

  /** Called at each answer to a {@link #ping()}; not while paused. */
  void pongHandler(@Nullable Handler<Void> handler);

  /** Whether nothing can be sent any more. */
  boolean closed();

  /** Closes with a WebSocket close frame; does not wait for an answer, Proxmox sends none. */
  Future<Void> close();
}
