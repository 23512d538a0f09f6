// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import io.pveconsole.relay.async.OneTimer;
import io.pveconsole.relay.viewer.BrowserSocket;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Room;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A browser's WebSocket. Counts what is queued, so that slowness is seen before memory is gone. */
final class WebSocketBrowser implements BrowserSocket {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketBrowser.class);
  private static final int MAX_CONTROL = 4096;
  private static final int MAX_UNREAD = 64;

  /** What a frame that waits takes beside its bytes, roughly. */
  private static final int FRAME_BYTES = 256;

  /** So much is sent at least at once, whatever else comes. */
  private static final long BATCH_BYTES = 64 * 1024;

  private final OneTimer pinger;
  private final ServerWebSocket socket;
  private final BrowserChannel channel;
  private final ConsoleTimes times;
  private final Room room;
  private final boolean controlled;
  private @Nullable Events events;
  private long queued;
  private long unflushed;
  private long taken;
  private boolean wasBehind;
  private boolean closed;
  private int silentPings;
  private int unread;

  /**
   * A browser that was let in.
   *
   * @param connection the one that has just become the socket
   */
  WebSocketBrowser(
      Vertx vertx,
      HttpConnection connection,
      ServerWebSocket socket,
      ConsoleTimes times,
      Room room) {
    this.pinger = new OneTimer(vertx);
    this.socket = socket;
    this.channel = BrowserChannel.of(connection, this::binary);
    this.times = times;
    this.room = room;
    this.controlled = UpgradeCall.SUBPROTOCOL.equals(socket.subProtocol());
  }

  @Override
  public void begin(Events listener) {
    events = listener;
    socket.binaryMessageHandler(this::binary);
    socket.textMessageHandler(text -> text(listener, text));
    socket.pongHandler(data -> silentPings = 0);
    socket.exceptionHandler(thrown -> failed(listener, thrown));
    socket.closeHandler(v -> gone());
    startPinger();
  }

  private void binary(Buffer data) {
    silentPings = 0;
    Events listener = events;
    if (listener != null && !closed) {
      listener.bytes(data);
    }
  }

  /** Vert.x drops a message that is too long and goes on, which would shift all that follows. */
  private void failed(Events listener, Throwable thrown) {
    broke(thrown);
    if (thrown instanceof IllegalStateException && !closed) {
      listener.broken("a message is too long");
    }
  }

  private void text(Events listener, String text) {
    silentPings = 0;
    if (closed) {
      return;
    }
    if (!controlled || isTooLong(text)) {
      listener.broken(controlled ? "a control message is too long" : "text on a plain socket");
      return;
    }
    unread = channel.isFull() ? unread + 1 : 0;
    if (unread > MAX_UNREAD) {
      listener.broken("many control messages, and the answers are not read");
      return;
    }
    try {
      listener.control(new JsonObject(text));
    } catch (DecodeException | ClassCastException e) {
      listener.broken("a control message is not JSON");
    }
  }

  private static boolean isTooLong(String text) {
    return text.length() > MAX_CONTROL
        || text.getBytes(StandardCharsets.UTF_8).length > MAX_CONTROL;
  }

  /** One by one: a periodic timer would catch up on what it missed in a pause of the process. */
  private void startPinger() {
    pinger.set(times.ping(), this::ping);
  }

  private void ping() {
    silentPings++;
    if (silentPings > times.silentPings()) {
      LOG.debug("the browser is silent");
      close(1001, "ConnectionLost");
      gone();
      return;
    }
    send(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    startPinger();
  }

  private void gone() {
    pinger.cancel();
    closed = true;
    if (wasBehind) {
      caughtUp();
    }
    Events listener = events;
    if (listener != null) {
      events = null;
      listener.gone();
    }
  }

  @Override
  public boolean isControlled() {
    return controlled;
  }

  @Override
  public void control(JsonObject message) {
    if (controlled) {
      send(new TextWebSocketFrame(message.encode()));
    }
  }

  @Override
  public void send(Buffer data) {
    add(data);
    flush();
  }

  @Override
  public void add(Buffer data) {
    if (!isOpen()) {
      return;
    }
    int weight = data.length() + FRAME_BYTES;
    queued += weight;
    unflushed += weight;
    if (!wasBehind && isBehind()) {
      wasBehind = true;
      room.behind();
    }
    channel.add(
        new BinaryWebSocketFrame(((BufferInternal) data).unwrap().retainedSlice()),
        done -> written(weight));
    if (unflushed >= BATCH_BYTES) {
      flush();
    }
  }

  @Override
  public void flush() {
    unflushed = 0;
    channel.flush();
  }

  private void send(WebSocketFrame frame) {
    if (isOpen()) {
      channel.add(frame, this::sent);
      flush();
    } else {
      frame.release();
    }
  }

  /** Nothing may follow a close frame, whose ever it was. */
  private boolean isOpen() {
    return !closed && !socket.isClosed();
  }

  private void written(int weight) {
    queued -= weight;
    taken += weight;
    if (wasBehind && !isBehind()) {
      caughtUp();
    }
  }

  private void caughtUp() {
    wasBehind = false;
    room.caughtUp();
    Events listener = events;
    if (listener != null && !closed) {
      listener.drained();
    }
  }

  private void sent(Future<?> done) {
    if (!done.isSuccess()) {
      broke(done.cause());
    }
  }

  private void broke(Throwable thrown) {
    LOG.atDebug().addKeyValue("error", thrown.toString()).log("browser");
  }

  @Override
  public long queuedBytes() {
    return queued;
  }

  @Override
  public long takenBytes() {
    return taken;
  }

  @Override
  public boolean isBehind() {
    return queued > room.waiting() / 2;
  }

  @Override
  public boolean isFull() {
    return queued > room.waiting();
  }

  @Override
  public boolean isFlooded() {
    return queued > room.flood();
  }

  @Override
  public void reading(boolean on) {
    if (on) {
      channel.release();
    } else {
      channel.hold();
    }
  }

  @Override
  public void close(int code, String reason) {
    if (!closed) {
      closed = true;
      pinger.cancel();
      channel.release();
      socket.close((short) code, reason).onFailure(this::broke);
    }
  }
}
