// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.management;

import io.pveconsole.relay.metrics.RelayMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health and metrics, on a port of their own. */
public final class ManagementServer {

  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

  private final Vertx vertx;
  private final Supplier<Optional<String>> notReady;
  private final RelayMetrics metrics;

  /**
   * A server that does not listen yet.
   *
   * @param notReady why the relay is not ready; empty when it is
   */
  public ManagementServer(Vertx vertx, Supplier<Optional<String>> notReady, RelayMetrics metrics) {
    this.vertx = vertx;
    this.notReady = notReady;
    this.metrics = metrics;
  }

  /** Opens the port. */
  public Future<HttpServer> listen(int port, String bind) {
    return vertx.createHttpServer().requestHandler(this::answer).listen(port, bind);
  }

  private void answer(HttpServerRequest request) {
    switch (String.valueOf(request.path())) {
      case "/livez" -> send(request, 200, "ok\n");
      case "/readyz" -> {
        Optional<String> reason = notReady.get();
        send(request, reason.isEmpty() ? 200 : 503, reason.orElse("ok") + "\n");
      }
      case "/metrics" -> {
        request.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        send(request, 200, metrics.scrape());
      }
      default -> send(request, 404, "not found\n");
    }
  }

  private static void send(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .end(body)
        .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("answer not sent"));
  }
}
