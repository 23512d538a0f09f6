// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does what a browser does with one link: redeems it, opens the console, looks and types. */
final class WarmupBrowser {

  private static final String NONCE = "abcdefghijklmnopqrstuv";
  private static final int NO_CONTENT = 204;

  private final HttpClient http;
  private final WebSocketClient sockets;
  private final int port;

  /**
   * A browser for one public port.
   *
   * @param certificate of the port, empty when it speaks plain HTTP
   * @param engine which the relay has loaded anyway
   */
  WarmupBrowser(
      Vertx vertx, int port, Optional<LoopbackCertificate> certificate, TlsEngine engine) {
    HttpClientOptions http = new HttpClientOptions();
    WebSocketClientOptions sockets = new WebSocketClientOptions();
    certificate.ifPresent(
        given -> {
          PemTrustOptions trust = new PemTrustOptions().addCertValue(given.certificate());
          http.setSsl(true)
              .setVerifyHost(false)
              .setTrustOptions(trust)
              .setSslEngineOptions(engine.options());
          sockets
              .setSsl(true)
              .setVerifyHost(false)
              .setTrustOptions(trust)
              .setSslEngineOptions(engine.options());
        });
    this.http = vertx.createHttpClient(http);
    this.sockets = vertx.createWebSocketClient(sockets);
    this.port = port;
  }

  /** Completes when the console was seen and is closed. */
  Future<Void> open(String session, String secret) {
    String path = "/c/" + session;
    return redeem(path, secret)
        .compose(
            cookies ->
                sockets.connect(
                    new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path + "/ws")
                        .setSubProtocols(List.of("pveconsole.v1"))
                        .putHeader("Origin", WarmupHost.ORIGIN)
                        .putHeader("Cookie", cookies)))
        .compose(WarmupBrowser::look);
  }

  private Future<String> redeem(String path, String secret) {
    return http.request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path + "/redeem")
                .putHeader("Origin", WarmupHost.ORIGIN)
                .putHeader("Content-Type", "application/json"))
        .compose(
            request ->
                request.send(new JsonObject().put("secret", secret).put("nonce", NONCE).toBuffer()))
        .compose(
            response ->
                response.statusCode() == NO_CONTENT
                    ? Future.succeededFuture(cookies(response))
                    : Future.failedFuture("redeem: " + response.statusCode()));
  }

  private static String cookies(HttpClientResponse response) {
    return response.headers().getAll("Set-Cookie").stream()
        .map(header -> header.split(";", 2)[0])
        .collect(Collectors.joining("; "));
  }

  private static Future<Void> look(WebSocket socket) {
    Promise<Void> seen = Promise.promise();
    Conversation talk = new Conversation(socket, seen);
    socket.binaryMessageHandler(talk::received);
    socket.closeHandler(v -> seen.tryFail("closed with " + socket.closeStatusCode()));
    return seen.future().compose(v -> socket.close());
  }

  Future<Void> close() {
    return Future.join(http.close(), sockets.close()).mapEmpty();
  }

  /** RFB 3.8 as a client speaks it: what must have come, and what is said then. */
  private static final class Conversation {

    private static final int PICTURE = StandInDisplay.updateBytes(StandInDisplay.EDGE);
    private static final int ECHO = StandInDisplay.updateBytes(1);
    private static final int SERVER_INIT = 24 + StandInDisplay.NAME.length();
    private static final byte[] ENCODINGS = {2, 0, 0, 1, 0, 0, 0, 0};
    private static final byte[] KEY = {4, 1, 0, 0, 0, 0, 0, 'a', 4, 0, 0, 0, 0, 0, 0, 'a'};
    private static final byte[] POINTER = {5, 0, 0, 1, 0, 1};
    private static final byte[] REQUEST = {
      3, 1, 0, 0, 0, 0, 0, StandInDisplay.EDGE, 0, StandInDisplay.EDGE
    };
    private static final int[] HANDSHAKE = {12, 2, 4, SERVER_INIT};

    /** Looks at the screen and types in turns, so often in all. */
    private static final int TURNS = 10;

    private static final int END = 4 + TURNS;

    private final WebSocket socket;
    private final Promise<Void> seen;
    private int unread;
    private int step;

    Conversation(WebSocket socket, Promise<Void> seen) {
      this.socket = socket;
      this.seen = seen;
    }

    void received(Buffer data) {
      unread += data.length();
      while (step < END && unread >= next()) {
        unread -= next();
        step++;
        say(step);
      }
    }

    private int next() {
      if (step < HANDSHAKE.length) {
        return HANDSHAKE[step];
      }
      return isLook(step) ? PICTURE : ECHO;
    }

    private static boolean isLook(int step) {
      return (step - HANDSHAKE.length) % 2 == 0;
    }

    private void say(int done) {
      switch (done) {
        case 1 -> send(Buffer.buffer("RFB 003.008\n"));
        case 2, 3 -> send(Buffer.buffer(new byte[] {1}));
        case 4 -> send(Buffer.buffer(ENCODINGS).appendBytes(REQUEST));
        case END -> seen.tryComplete();
        default -> {
          if (isLook(done)) {
            send(Buffer.buffer(REQUEST));
          } else {
            send(Buffer.buffer(KEY));
            send(Buffer.buffer(POINTER));
          }
        }
      }
    }

    private void send(Buffer data) {
      socket.writeBinaryMessage(data).onFailure(seen::tryFail);
    }
  }
}
