// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.pveconsole.relay.proxmox.transport.UpgradedChannel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A console over a connection on which the WebSocket upgrade is done. */
final class SocketTunnel implements ConsoleTunnel, FrameScanner.Events, UpgradedChannel.Listener {

  private final NetSocket socket;
  private final UpgradedChannel channel;
  private final Guest guest;
  private final @Nullable Secret vncPassword;
  private final @Nullable Secret terminalLogin;
  private final FrameScanner scanner = new FrameScanner();
  private final Owner owner;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> batchHandler;
  private @Nullable Handler<Void> drainHandler;
  private @Nullable Handler<Void> closeHandler;
  private @Nullable Handler<Void> pongHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private boolean authenticated;
  private boolean closing;
  private boolean gone;

  /**
   * Who is told, once each.
   *
   * @param passwordDone when the guest's password is not needed any more
   * @param closed when the socket is closed
   */
  record Owner(Runnable passwordDone, Runnable closed) {}

  /**
   * Takes the connection over; must be called in the turn of the event loop in which the upgrade
   * was answered, or bytes are lost.
   *
   * @param socket the connection as the upgrade left it, to hear of its end and to close it
   */
  SocketTunnel(
      HttpClientConnection connection,
      NetSocket socket,
      Guest guest,
      @Nullable Secret vncPassword,
      @Nullable Secret terminalLogin,
      Owner owner) {
    this.socket = socket;
    this.guest = guest;
    this.vncPassword = vncPassword;
    this.terminalLogin = terminalLogin;
    this.owner = owner;
    this.channel = UpgradedChannel.of(connection, this);
    socket.exceptionHandler(this::broken);
    socket.closeHandler(v -> ended());
  }

  @Override
  public void bytes(Buffer part) {
    if (gone) {
      return;
    }
    try {
      Buffer payload = scanner.scan(part, this);
      if (payload.length() > 0 && handler != null) {
        handler.handle(payload);
      }
    } catch (FrameScanner.BrokenFrame e) {
      broken(new ServiceFailure.ProtocolError(Step.RFB, "a broken WebSocket frame").toException());
      socket.close();
    }
  }

  @Override
  public void batchEnded() {
    if (batchHandler != null) {
      batchHandler.handle(null);
    }
  }

  @Override
  public void writable() {
    if (drainHandler != null) {
      drainHandler.handle(null);
    }
  }

  @Override
  public void pinged(Buffer payload) {
    if (!closing && !channel.isFull()) {
      channel.write(Frames.pong(payload)).onFailure(this::broken);
    }
  }

  @Override
  public void ponged() {
    if (pongHandler != null) {
      pongHandler.handle(null);
    }
  }

  @Override
  public void peerClosed() {
    close();
  }

  private void broken(Throwable thrown) {
    if (exceptionHandler != null && !closing) {
      exceptionHandler.handle(thrown);
    }
  }

  private void ended() {
    gone = true;
    authenticationDone();
    owner.closed().run();
    if (closeHandler != null) {
      closeHandler.handle(null);
    }
  }

  @Override
  public Guest guest() {
    return guest;
  }

  @Override
  public Optional<Secret> vncPassword() {
    return Optional.ofNullable(vncPassword);
  }

  @Override
  public Optional<Secret> terminalLogin() {
    return Optional.ofNullable(terminalLogin);
  }

  @Override
  public void authenticationDone() {
    if (!authenticated) {
      authenticated = true;
      owner.passwordDone().run();
    }
  }

  @Override
  public Future<Void> write(Buffer data) {
    if (closing || gone) {
      return Failures.future(new ServiceFailure.Closed());
    }
    Future<Void> last = Future.succeededFuture();
    for (int at = 0; at < data.length(); at += Frames.MAX_PAYLOAD) {
      int end = Math.min(data.length(), at + Frames.MAX_PAYLOAD);
      last = channel.write(Frames.binary(data.slice(at, end)));
    }
    return last;
  }

  @Override
  public void ping() {
    if (!closing && !gone && !channel.isFull()) {
      channel.write(Frames.ping()).onFailure(this::broken);
    }
  }

  @Override
  public void pongHandler(@Nullable Handler<Void> newHandler) {
    pongHandler = newHandler;
  }

  @Override
  public Future<Void> close() {
    if (closing || gone) {
      return Future.succeededFuture();
    }
    closing = true;
    authenticationDone();
    return channel.write(Frames.close()).transform(sent -> socket.close());
  }

  @Override
  public boolean closed() {
    return closing || gone;
  }

  @Override
  public boolean writeQueueFull() {
    return channel.isFull();
  }

  @Override
  public void drainHandler(@Nullable Handler<Void> newHandler) {
    drainHandler = newHandler;
  }

  @Override
  public void handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
  }

  @Override
  public void batchHandler(@Nullable Handler<Void> newHandler) {
    batchHandler = newHandler;
  }

  @Override
  public void pause() {
    channel.hold();
  }

  @Override
  public void resume() {
    channel.release();
  }

  @Override
  public void exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
  }

  @Override
  public void closeHandler(@Nullable Handler<Void> newHandler) {
    closeHandler = newHandler;
    if (gone && newHandler != null) {
      newHandler.handle(null);
    }
  }
}
