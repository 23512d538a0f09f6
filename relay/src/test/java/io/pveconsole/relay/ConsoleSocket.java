// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The browser's end of a console's socket: control messages, RFB and the end. */
public final class ConsoleSocket {

  private final WebSocket socket;
  private final Context context;
  private final List<JsonObject> controls = new CopyOnWriteArrayList<>();
  private Buffer unread = Buffer.buffer();
  private volatile boolean closed;

  ConsoleSocket(WebSocket socket, Context context) {
    this.socket = socket;
    this.context = context;
    socket.textMessageHandler(text -> controls.add(new JsonObject(text)));
    socket.binaryMessageHandler(this::received);
    socket.closeHandler(v -> closed = true);
  }

  private synchronized void received(Buffer data) {
    unread.appendBuffer(data);
  }

  private synchronized int available() {
    return unread.length();
  }

  /** The next bytes of the guest. */
  public synchronized Buffer take(int length) {
    Buffer taken = unread.getBuffer(0, length);
    unread = unread.getBuffer(length, unread.length());
    return taken;
  }

  public Buffer read(int length) {
    Awaitility.await("bytes").until(() -> available() >= length || closed);
    return take(length);
  }

  /** Everything that has come, at least so much. */
  public Buffer readAtLeast(int length) {
    Awaitility.await("bytes").until(() -> available() >= length || closed);
    return take(available());
  }

  public List<JsonObject> controls() {
    return controls;
  }

  /** Waits for a control message of a type. */
  public JsonObject control(String type) {
    Awaitility.await("a message " + type + " after " + controls)
        .until(() -> controls.stream().anyMatch(m -> type.equals(m.getString("t"))));
    return controls.stream().filter(m -> type.equals(m.getString("t"))).findFirst().orElseThrow();
  }

  public void send(Buffer data) {
    Futures.value(on(() -> socket.writeBinaryMessage(data)));
  }

  public void sendControl(JsonObject message) {
    Futures.value(on(() -> socket.writeTextMessage(message.encode())));
  }

  /** The code it was closed with. */
  public int closeCode() {
    Awaitility.await("the end").until(() -> closed);
    return socket.closeStatusCode() == null ? -1 : socket.closeStatusCode();
  }

  public String closeReason() {
    return socket.closeReason();
  }

  public boolean isClosed() {
    return closed;
  }

  public void close() {
    Futures.value(on(socket::close));
  }

  public void pause() {
    Futures.value(
        on(
            () -> {
              socket.pause();
              return Future.succeededFuture();
            }));
  }

  /** RFB 3.8 up to and including ServerInit; returns the desktop's name. */
  public String handshake() {
    control("ready");
    if (!read(12).toString().equals("RFB 003.008\n")) {
      throw new AssertionError("banner");
    }
    send(Buffer.buffer("RFB 003.008\n"));
    read(2);
    send(Buffer.buffer(new byte[] {1}));
    read(4);
    send(Buffer.buffer(new byte[] {1}));
    Buffer init = read(24);
    return read(init.getInt(20)).toString();
  }

  /** Asks for the whole screen. */
  public void requestUpdate(boolean incremental) {
    send(
        Buffer.buffer()
            .appendByte((byte) 3)
            .appendByte((byte) (incremental ? 1 : 0))
            .appendInt(0)
            .appendUnsignedShort(640)
            .appendUnsignedShort(480));
  }

  /** Presses and lets go of keys. */
  public void type(String text) {
    Buffer keys = Buffer.buffer();
    for (int key : text.codePoints().toArray()) {
      for (int down = 1; down >= 0; down--) {
        keys.appendByte((byte) 4)
            .appendByte((byte) down)
            .appendUnsignedShort(0)
            .appendInt(key == '\n' ? 0xff0d : key);
      }
    }
    send(keys);
  }

  private <T> Future<T> on(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(promise));
    return promise.future();
  }
}
