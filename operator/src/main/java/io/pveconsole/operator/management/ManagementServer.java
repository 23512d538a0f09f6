// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Answers /livez, /readyz and /metrics. */
public final class ManagementServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;

  private ManagementServer(HttpServer server) {
    this.server = server;
  }

  /** Listens on all addresses at once; 0 is any port. */
  public static ManagementServer start(
      int port, BooleanSupplier live, BooleanSupplier ready, PrometheusMeterRegistry metrics)
      throws IOException {
    return start(new InetSocketAddress(port), live, ready, metrics);
  }

  /** Listens at once. */
  public static ManagementServer start(
      InetSocketAddress address,
      BooleanSupplier live,
      BooleanSupplier ready,
      PrometheusMeterRegistry metrics)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/livez", exchange -> health(exchange, live.getAsBoolean()));
    server.createContext("/readyz", exchange -> health(exchange, ready.getAsBoolean()));
    server.createContext(
        "/metrics",
        exchange -> answer(exchange, OK, "text/plain; version=0.0.4", metrics.scrape()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return new ManagementServer(server);
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void health(HttpExchange exchange, boolean well) throws IOException {
    answer(exchange, well ? OK : UNAVAILABLE, "text/plain", well ? "ok\n" : "not ok\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
