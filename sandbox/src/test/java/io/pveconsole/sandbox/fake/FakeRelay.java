// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands for a relay: readiness on the management port; shows its environment and files. */
public final class FakeRelay {

  private FakeRelay() {}

  public static void main(String[] args) throws IOException {
    HttpServer management = listen("PVECONSOLE_MANAGEMENT_PORT");
    AtomicBoolean ready = new AtomicBoolean(true);
    management.createContext(
        "/readyz", exchange -> answer(exchange, ready.get() ? 200 : 503, "ok"));
    management.start();
    HttpServer open = listen("PVECONSOLE_PUBLIC_PORT");
    open.createContext("/pid", exchange -> answer(exchange, "" + ProcessHandle.current().pid()));
    open.createContext(
        "/unready",
        exchange -> {
          ready.set(false);
          answer(exchange, "" + ProcessHandle.current().pid());
        });
    open.createContext("/env", exchange -> answer(exchange, environment()));
    open.createContext("/crash", exchange -> Runtime.getRuntime().halt(3));
    open.createContext("/token", exchange -> answer(exchange, token()));
    open.start();
  }

  private static HttpServer listen(String port) throws IOException {
    return HttpServer.create(
        new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv(port))), 0);
  }

  private static String environment() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(System.getenv()).forEach((k, v) -> text.append(k + "=" + v + "\n"));
    return text.toString();
  }

  private static String token() throws IOException {
    Path file = Path.of(System.getenv("PVECONSOLE_CREDENTIALS_DIR"), "token");
    return Files.exists(file) ? Files.readString(file) : "none";
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    answer(exchange, 200, text);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
