// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import io.pveconsole.bench.load.figures.Troubles;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * A console in a browser. Its socket belongs to one event loop; {@link #run}, {@link #send} and
 * {@link #close} may be called from any thread.
 */
public final class OpenConsole {

  private final WebSocket socket;
  private final Context context;
  private final Troubles troubles;
  private final UpdateReader updates;
  private final Promise<OpenConsole> shown = Promise.promise();
  private final Promise<Void> gone = Promise.promise();
  private @Nullable Handshake handshake = new Handshake(this::send);
  private boolean ending;

  /** To be called on the event loop of the socket. */
  OpenConsole(WebSocket socket, Context context, ScreenEvents events, Troubles troubles) {
    this.socket = socket;
    this.context = context;
    this.troubles = troubles;
    this.updates = new UpdateReader(events);
    socket.binaryMessageHandler(this::received);
    socket.exceptionHandler(thrown -> failed(thrown.toString()));
    socket.closeHandler(
        v -> {
          if (!ending) {
            failed("closed with " + socket.closeStatusCode() + " " + socket.closeReason());
          }
          gone.tryComplete();
        });
  }

  Future<OpenConsole> shown() {
    return shown.future();
  }

  private void received(Buffer data) {
    try {
      Handshake first = handshake;
      if (first == null) {
        updates.feed(data);
      } else if (first.feed(data)) {
        handshake = null;
        send(Messages.encodings().appendBuffer(Messages.request()));
        shown.tryComplete(this);
        updates.feed(first.rest());
      }
    } catch (RfbException e) {
      failed(e.getMessage());
      close();
    }
  }

  private void failed(@Nullable String what) {
    if (!ending) {
      if (!shown.tryFail(what)) {
        troubles.add("console: " + what);
      }
    }
    ending = true;
  }

  /** Does something on the console's event loop. */
  public void run(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  /** Sends RFB to the guest, soon. */
  void send(Buffer data) {
    run(
        () -> {
          if (!ending) {
            socket.writeBinaryMessage(data);
          }
        });
  }

  /** Asks for the next update, as browsers do when they have drawn one. */
  public void request() {
    send(Messages.request());
  }

  /** Moves the mouse. */
  public void pointer(int x, int y) {
    send(Messages.pointer(x, y));
  }

  /** Presses or lets go of a key. */
  public void key(int keysym, boolean down) {
    send(Messages.key(keysym, down));
  }

  /**
   * Stops taking anything from the network, or goes on; on the event loop. Who leaves takes all, as
   * the answer to the close comes last.
   */
  void reading(boolean on) {
    if (on || ending) {
      socket.resume();
    } else {
      socket.pause();
    }
  }

  long setTimer(long millis, Runnable work) {
    return context.owner().setTimer(millis, id -> work.run());
  }

  /** Leaves; completes when the socket is closed. */
  public Future<Void> close() {
    run(
        () -> {
          ending = true;
          socket.resume();
          socket.close();
        });
    return gone.future();
  }
}
