// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The open way to one console: bytes in both directions, cut at arbitrary places.
 *
 * <p>It belongs to the event loop of the context that opened it: every handler is called there and
 * every method must be called there. It is paused when handed over; set the handlers, then {@link
 * #resume()}. Proxmox buffers without bound what is not read, so a pause should be short.
 */
public interface ConsoleTunnel extends ReadStream<Buffer>, WriteStream<Buffer> {

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
  @Override
  Future<Void> write(Buffer data);

  @Override
  ConsoleTunnel handler(@Nullable Handler<Buffer> handler);

  @Override
  ConsoleTunnel pause();

  @Override
  ConsoleTunnel resume();

  @Override
  ConsoleTunnel fetch(long amount);

  /**
   * Holds the guest's bytes where they come from, sooner than {@link #pause()}: at most one more
   * read of 64 KiB is handed over. To be called again when more comes.
   */
  void hold();

  /** Ends {@link #hold()}. */
  void release();

  @Override
  ConsoleTunnel exceptionHandler(@Nullable Handler<Throwable> handler);

  /**
   * Called once after the last bytes were handed over; while paused, bytes may still be to come.
   */
  @Override
  ConsoleTunnel endHandler(@Nullable Handler<Void> handler);

  @Override
  ConsoleTunnel setWriteQueueMaxSize(int bytes);

  @Override
  ConsoleTunnel drainHandler(@Nullable Handler<Void> handler);

  /**
   * Called once when the connection is gone, whoever closed it; at once if it is gone already.
   * Proxmox tells no reason: ask {@link ProxmoxClient#explainLoss}.
   */
  ConsoleTunnel closeHandler(@Nullable Handler<Void> handler);

  /** Asks Proxmox for a sign of life, of which the guest learns nothing. */
  void ping();

  /** Called at each answer to a {@link #ping()}; not while paused. */
  ConsoleTunnel pongHandler(@Nullable Handler<Void> handler);

  /** Whether nothing can be sent any more. */
  boolean closed();

  /** Closes with a WebSocket close frame; does not wait for an answer, Proxmox sends none. */
  Future<Void> close();
}
