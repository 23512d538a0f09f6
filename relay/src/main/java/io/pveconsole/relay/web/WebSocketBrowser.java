// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.async.OneTimer;
import io.pveconsole.relay.viewer.BrowserSocket;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Room;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
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

  private final OneTimer pinger;
  private final ServerWebSocket socket;
  private final ConsoleTimes times;
  private final Room room;
  private final boolean controlled;
  private @Nullable Events events;
  private long queued;
  private long taken;
  private boolean wasBehind;
  private boolean closed;
  private int silentPings;
  private int unread;

  WebSocketBrowser(Vertx vertx, ServerWebSocket socket, ConsoleTimes times, Room room) {
    this.pinger = new OneTimer(vertx);
    this.socket = socket;
    this.times = times;
    this.room = room;
    this.controlled = UpgradeCall.SUBPROTOCOL.equals(socket.subProtocol());
  }

  @Override
  public void begin(Events listener) {
    events = listener;
    socket.binaryMessageHandler(
        data -> {
          silentPings = 0;
          if (!closed) {
            listener.bytes(data);
          }
        });
    socket.textMessageHandler(text -> text(listener, text));
    socket.pongHandler(data -> silentPings = 0);
    socket.exceptionHandler(thrown -> failed(listener, thrown));
    socket.closeHandler(v -> gone());
    startPinger();
  }

  /** Vert.x drops a message that is too long and goes on, which would shift all that follows. */
  private void failed(Events listener, Throwable thrown) {
    LOG.atDebug().addKeyValue("error", thrown.toString()).log("browser");
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
    unread = socket.writeQueueFull() ? unread + 1 : 0;
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
    socket.writePing(Buffer.buffer("p")).onFailure(this::notSent);
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
  public void control(JsonObject message) {
    if (controlled && !closed) {
      socket.writeTextMessage(message.encode()).onFailure(this::notSent);
    }
  }

  @Override
  public void send(Buffer data) {
    if (closed) {
      return;
    }
    int length = data.length();
    queued += length;
    if (!wasBehind && isBehind()) {
      wasBehind = true;
      room.behind();
    }
    socket
        .writeBinaryMessage(data)
        .onComplete(
            (done, failure) -> {
              queued -= length;
              taken += length;
              if (wasBehind && !isBehind()) {
                caughtUp();
              }
            });
  }

  private void caughtUp() {
    wasBehind = false;
    room.caughtUp();
    Events listener = events;
    if (listener != null && !closed) {
      listener.drained();
    }
  }

  private void notSent(Throwable thrown) {
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
      socket.resume();
    } else {
      socket.pause();
    }
  }

  @Override
  public void close(int code, String reason) {
    if (!closed) {
      closed = true;
      pinger.cancel();
      socket.resume();
      socket.close((short) code, reason).onFailure(this::notSent);
    }
  }
}
