// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a browser does: cookies, fetches of the same origin, WebSockets. */
public final class Browser {

  private final Vertx vertx;
  private final HttpClient http;
  private final WebSocketClient sockets;
  private final int port;
  private final String path;
  private final String origin;
  private volatile Map<String, String> forwarded = Map.of();
  private final Map<String, String> cookies = new ConcurrentSkipListMap<>();

  /** An answer with its body. */
  public record Answer(int status, MultiMap headers, Buffer body) {

    /** The problem's code, empty where there is none. */
    public String code() {
      return body.length() == 0 ? "" : body.toJsonObject().getString("code", "");
    }
  }

  Browser(Vertx vertx, int port, String path) {
    this(vertx, port, path, "http://localhost:" + port);
  }

  /** A browser whose balancer leads it to that port. */
  Browser(Vertx vertx, int port, String path, String origin) {
    this.origin = origin;
    this.vertx = vertx;
    this.port = port;
    this.path = path;
    this.http = vertx.createHttpClient();
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxMessageSize(1 << 24));
  }

  /** Says so in each request from now on, as a proxy or a liar does. */
  public void forwarded(String addresses) {
    forwarded = Map.of("X-Forwarded-For", addresses);
  }

  public String origin() {
    return origin;
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  /** A call as the page makes it. */
  public Answer post(String call, JsonObject body) {
    return send(HttpMethod.POST, path + "/" + call, pageHeaders(), body.toBuffer());
  }

  public Answer redeem(String secret, String nonce) {
    return Futures.value(redeemSoon(secret, nonce));
  }

  /** A redeem that races with others. */
  public Future<Answer> redeemSoon(String secret, String nonce) {
    return ask(
        HttpMethod.POST,
        path + "/redeem",
        pageHeaders(),
        new JsonObject().put("secret", secret).put("nonce", nonce).toBuffer());
  }

  /** The headers of the page's own calls. */
  public Map<String, String> pageHeaders() {
    return new TreeMap<>(
        Map.of(
            "Origin",
            origin(),
            "Content-Type",
            "application/json",
            "Sec-Fetch-Site",
            "same-origin"));
  }

  public Answer get(String address, Map<String, String> headers) {
    return send(HttpMethod.GET, address, headers, Buffer.buffer());
  }

  /** Any request; the browser's cookies go with it where their path fits. */
  public Answer send(HttpMethod method, String address, Map<String, String> headers, Buffer body) {
    return Futures.value(ask(method, address, headers, body));
  }

  private Future<Answer> ask(
      HttpMethod method, String address, Map<String, String> headers, Buffer body) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setHost("localhost").setPort(port).setURI(address);
    headers.forEach(options::putHeader);
    forwarded.forEach(options::putHeader);
    cookieHeader(address).forEach(options::putHeader);
    // One chain inside the other: attached later, a handler could miss the body.
    return http.request(options).compose(request -> request.send(body).compose(this::answer));
  }

  private Future<Answer> answer(HttpClientResponse response) {
    return response
        .body()
        .map(
            content -> {
              keep(response.headers().getAll("Set-Cookie"));
              return new Answer(response.statusCode(), response.headers(), content);
            });
  }

  private Map<String, String> cookieHeader(String address) {
    String all =
        cookies.entrySet().stream()
            .filter(c -> !c.getKey().contains("refresh") || address.endsWith("/refresh"))
            .map(c -> c.getKey() + "=" + c.getValue())
            .collect(java.util.stream.Collectors.joining("; "));
    return all.isEmpty() ? Map.of() : Map.of("Cookie", all);
  }

  private void keep(List<String> headers) {
    for (String header : headers) {
      String[] pair = header.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
  }

  /** Opens the console's socket as the page does. */
  public ConsoleSocket open() {
    return Futures.value(connect(origin(), List.of("pveconsole.v1")));
  }

  public Future<ConsoleSocket> connect(String origin, List<String> protocols) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("localhost")
            .setPort(port)
            .setURI(path + "/ws")
            .putHeader("Origin", origin)
            .setSubProtocols(protocols);
    cookieHeader(path + "/ws").forEach(options::putHeader);
    forwarded.forEach(options::putHeader);
    io.vertx.core.Context context = vertx.getOrCreateContext();
    io.vertx.core.Promise<ConsoleSocket> promise = io.vertx.core.Promise.promise();
    context.runOnContext(
        v ->
            sockets
                .connect(options)
                .map(socket -> new ConsoleSocket(socket, context))
                .onComplete(promise));
    return promise.future();
  }
}
