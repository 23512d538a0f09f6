// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.Futures;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What kubelet and Prometheus ask. */
class ManagementServerTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean synced = new AtomicBoolean();
  private final Readiness readiness = new Readiness(synced::get);
  private final HttpServer server =
      Futures.value(
          new ManagementServer(vertx, readiness::obstacle, () -> "some_metric 1\n")
              .listen(0, "127.0.0.1"));
  private final HttpClient http = HttpClient.newHttpClient();

  private record Answer(int status, String body) {}

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private Answer ask(String method, String path) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  @Test
  void livesFromTheBeginning() throws Exception {
    assertThat(ask("GET", "/livez")).isEqualTo(new Answer(200, "ok\n"));
  }

  @Test
  void saysWhyItIsNotReady() throws Exception {
    assertThat(ask("GET", "/readyz"))
        .isEqualTo(new Answer(503, "the public port is not open yet\n"));
    readiness.listening();
    assertThat(ask("GET", "/readyz"))
        .isEqualTo(new Answer(503, "host and grants were not read yet\n"));
    synced.set(true);
    assertThat(ask("GET", "/readyz")).isEqualTo(new Answer(503, "warming up\n"));
    readiness.warm();
    assertThat(ask("GET", "/readyz")).isEqualTo(new Answer(200, "ok\n"));
    readiness.stopping();
    assertThat(ask("GET", "/readyz")).isEqualTo(new Answer(503, "stopping\n"));
    assertThat(ask("GET", "/livez").status()).isEqualTo(200);
  }

  @Test
  void isToBeReadOnly() throws Exception {
    assertThat(ask("GET", "/metrics")).isEqualTo(new Answer(200, "some_metric 1\n"));
    assertThat(ask("HEAD", "/metrics")).isEqualTo(new Answer(200, ""));
    for (String method : List.of("POST", "PUT", "DELETE")) {
      assertThat(ask(method, "/metrics").status()).isEqualTo(405);
      assertThat(ask(method, "/readyz").status()).isEqualTo(405);
    }
    assertThat(ask("GET", "/").status()).isEqualTo(404);
    assertThat(ask("GET", "/metrics/x").status()).isEqualTo(404);
  }
}
