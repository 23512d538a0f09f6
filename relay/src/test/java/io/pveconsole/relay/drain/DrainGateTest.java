// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.Futures;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The public port of a relay that stops. */
class DrainGateTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final HttpServer server =
      Futures.value(
          vertx
              .createHttpServer()
              .requestHandler(
                  new DrainGate(
                      stopping::get,
                      request -> {
                        if (request.canUpgradeToWebSocket()) {
                          request.toWebSocket();
                        } else {
                          request.response().end("page");
                        }
                      }))
              .listen(0, "127.0.0.1"));
  private final HttpClient http = vertx.createHttpClient();

  /** Held, since Vert.x closes the sockets of a client that nobody holds any more. */
  private final WebSocketClient sockets = vertx.createWebSocketClient();

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private String connectionHeader() {
    return Futures.value(
        http.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
            .compose(request -> request.send())
            .compose(
                response -> {
                  assertThat(response.statusCode()).isEqualTo(200);
                  return response.body().map(v -> String.valueOf(response.getHeader("Connection")));
                }));
  }

  @Test
  void letsEverythingThroughWhileTheRelayRuns() {
    assertThat(connectionHeader()).isNotEqualTo("close");
    Futures.value(sockets.connect(server.actualPort(), "127.0.0.1", "/ws"));
  }

  @Test
  void answersPagesButBeginsNoConsoleWhileItStops() {
    stopping.set(true);

    assertThat(connectionHeader()).isEqualTo("close");
    Throwable refused = Futures.failure(sockets.connect(server.actualPort(), "127.0.0.1", "/ws"));
    assertThat(refused).isInstanceOf(UpgradeRejectedException.class);
    assertThat(((UpgradeRejectedException) refused).getStatus()).isEqualTo(503);
    assertThat(((UpgradeRejectedException) refused).getHeaders().get("Retry-After")).isEqualTo("1");
    assertThat(((UpgradeRejectedException) refused).getBody().toString()).contains("Unavailable");
  }
}
