// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import io.pveconsole.bench.load.figures.Troubles;
import io.pveconsole.bench.peer.Access;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens consoles as the page does, all on one thread of its own. Safe from any thread. */
public final class Browser implements AutoCloseable {

  private static final Duration OPEN = Duration.ofSeconds(30);
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final int MESSAGE_BYTES = 4 * 1024 * 1024;
  private static final int SOCKETS = 20_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final WebSocketClient client;
  private final Troubles troubles;

  /**
   * A browser that trusts a CA.
   *
   * @param troubles hears of closes that nobody wanted, and of what is no RFB
   */
  public Browser(Path ca, Troubles troubles) {
    this(ca, troubles, 0);
  }

  /**
   * The same with another receive buffer of the kernel for each socket.
   *
   * @param receiveBytes its size; 0 leaves it to the kernel
   */
  public Browser(Path ca, Troubles troubles, int receiveBytes) {
    this.troubles = troubles;
    WebSocketClientOptions options =
        new WebSocketClientOptions()
            .setSsl(true)
            .setSslEngineOptions(TlsEngine.best().options())
            .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()))
            .setMaxConnections(SOCKETS)
            .setTcpNoDelay(true)
            .setMaxFrameSize(MESSAGE_BYTES)
            .setMaxMessageSize(MESSAGE_BYTES);
    if (receiveBytes > 0) {
      options.setReceiveBufferSize(receiveBytes);
    }
    this.client = vertx.createWebSocketClient(options);
  }

  /**
   * Opens a console; returns when ServerInit has come, after 30 s at most.
   *
   * @throws IOException when it is refused, closed before, or takes too long
   */
  public OpenConsole open(Access access, ScreenEvents events)
      throws IOException, InterruptedException {
    return await(begin(access, events), OPEN, "opening a console");
  }

  private Future<OpenConsole> begin(Access access, ScreenEvents events) {
    WebSocketConnectOptions address =
        new WebSocketConnectOptions()
            .setAbsoluteURI(access.url())
            .setSubProtocols(List.of("pveconsole.v1"))
            .putHeader("Origin", access.origin())
            .putHeader("Cookie", access.accessCookie());
    Promise<OpenConsole> opened = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        v ->
            client
                .connect(address)
                .compose(socket -> new OpenConsole(socket, context, events, troubles).shown())
                .onComplete(opened));
    return opened.future();
  }

  /** Leaves a console; returns when it is closed, after 10 s at most. */
  public void close(OpenConsole console) throws IOException, InterruptedException {
    await(console.close(), CLOSE, "closing a console");
  }

  /** Leaves all of them at once; returns when they are closed, after 10 s at most. */
  public void close(List<OpenConsole> consoles) throws IOException, InterruptedException {
    await(
        Future.join(consoles.stream().map(OpenConsole::close).toList()),
        CLOSE,
        "closing " + consoles.size() + " consoles");
  }

  private static <T> T await(Future<T> work, Duration limit, String what)
      throws IOException, InterruptedException {
    try {
      return work.toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(what + ": " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(what + " took more than " + limit, e);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    await(vertx.close(), CLOSE, "closing the browser");
  }
}
