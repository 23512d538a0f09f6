// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.management;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health and metrics, on a port of their own; to be read only. */
public final class ManagementServer {

  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int IDLE_SECONDS = 30;
  private static final int UNAVAILABLE = 503;
  private static final int OK = 200;

  private final Vertx vertx;
  private final Supplier<Optional<String>> notReady;
  private final Supplier<String> metrics;

  /**
   * A server that does not listen yet.
   *
   * @param notReady why the relay is not ready; empty when it is
   * @param metrics all of them in Prometheus' text form
   */
  public ManagementServer(
      Vertx vertx, Supplier<Optional<String>> notReady, Supplier<String> metrics) {
    this.vertx = vertx;
    this.notReady = notReady;
    this.metrics = metrics;
  }

  /** Opens the port. */
  public Future<HttpServer> listen(int port, String bind) {
    HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
    options.setIdleTimeout(IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
    return vertx.createHttpServer(options).requestHandler(routes()).listen(port, bind);
  }

  private Router routes() {
    Router routes = Router.router(vertx);
    read(routes, "/livez").handler(context -> send(context, OK, "ok\n"));
    read(routes, "/readyz")
        .handler(
            context ->
                notReady
                    .get()
                    .ifPresentOrElse(
                        reason -> send(context, UNAVAILABLE, reason + "\n"),
                        () -> send(context, OK, "ok\n")));
    read(routes, "/metrics")
        .handler(
            context -> {
              context.response().putHeader(HttpHeaders.CONTENT_TYPE, METRICS_TYPE);
              send(context, OK, metrics.get());
            });
    return routes;
  }

  private static Route read(Router routes, String path) {
    return routes.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private static void send(RoutingContext context, int status, String body) {
    Buffer bytes = Buffer.buffer(body);
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(status)
            .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
    (context.request().method().equals(HttpMethod.HEAD) ? response.end() : response.end(bytes))
        .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("answer not sent"));
  }
}
