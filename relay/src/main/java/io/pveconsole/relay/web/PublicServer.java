// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The public port on one event loop; several of these share it. */
public final class PublicServer implements Deployable {

  private static final int MAX_FRAME = 256 * 1024;
  private static final int MAX_MESSAGE = 2 * 1024 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_LINE = 4096;
  private static final int ACCEPT_BACKLOG = 1024;

  private final String bind;
  private final int port;
  private final Optional<ServerSSLOptions> tls;
  private final TlsEngine engine;
  private final Handler<HttpServerRequest> router;
  private final Connections connections;
  private @Nullable HttpServer server;

  /** Not deployed yet; {@code port} 0 is any free one. */
  public PublicServer(
      String bind,
      int port,
      Optional<ServerSSLOptions> tls,
      TlsEngine engine,
      Handler<HttpServerRequest> router,
      Connections connections) {
    this.bind = bind;
    this.port = port;
    this.tls = tls;
    this.engine = engine;
    this.router = router;
    this.connections = connections;
  }

  @Override
  public Future<?> deploy(Context context) {
    Vertx vertx = context.owner();
    ConnectionLimits limits = connections.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxInitialLineLength(MAX_LINE)
            .setHttp2ClearTextEnabled(false)
            .setMaxWebSocketFrameSize(MAX_FRAME)
            .setMaxWebSocketMessageSize(MAX_MESSAGE)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setWebSocketSubProtocols(
                List.of(UpgradeCall.SUBPROTOCOL, UpgradeCall.PLAIN_SUBPROTOCOL));
    options.setIdleTimeout(Math.toIntExact(limits.idle().toMillis()));
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setSslHandshakeTimeout(limits.handshake().toMillis());
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setTcpNoDelay(true).setReuseAddress(true);
    options.setAcceptBacklog(ACCEPT_BACKLOG);
    tls.ifPresent(
        given -> {
          options.setSsl(true).setKeyCertOptions(given.getKeyCertOptions());
          options.setEnabledSecureTransportProtocols(given.getEnabledSecureTransportProtocols());
          options.setSslEngineOptions(engine.options());
        });
    HttpServer created = vertx.createHttpServer(options);
    server = created;
    return created
        .connectionHandler(
            connection -> {
              PingGuard.guard(connection);
              connections.opened(connection);
            })
        .requestHandler(
            request -> {
              connections.asked(request);
              router.handle(request);
            })
        .invalidRequestHandler(new InvalidRequests())
        .listen(port, bind);
  }

  @Override
  public Future<?> undeploy(Context context) {
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.close();
  }

  /** The port that it listens on, once deployed. */
  public int port() {
    HttpServer listening = server;
    return listening == null ? port : listening.actualPort();
  }

  /** Shows new certificates from the next connection on. */
  public Future<Boolean> update(ServerSSLOptions changed) {
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture(false) : listening.updateSSLOptions(changed);
  }
}
