// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The control interface: plain HTTP on loopback, for tests and the curious. It knows no
 * authentication.
 */
public final class ControlServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;

  private ControlServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts on loopback.
   *
   * @param port 0 for any free one
   * @throws StartFailure when the port is taken
   */
  public static ControlServer start(ProxmoxSimulator simulator, int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      HttpServer server = HttpServer.create(address, 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      ControlApi api = new ControlApi(simulator);
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, api));
      server.start();
      return new ControlServer(server, threads);
    } catch (IOException e) {
      throw new StartFailure(
          "Cannot listen on port "
              + port
              + " for the control interface ("
              + e.getMessage()
              + "): choose another with --control-port 0.");
    }
  }

  /** Its address, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, ControlApi api) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readNBytes(65536), StandardCharsets.UTF_8);
      ControlApi.Result result =
          api.handle(exchange.getRequestMethod(), exchange.getRequestURI(), body);
      byte[] bytes = result.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", result.type());
      exchange.sendResponseHeaders(result.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
