// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.Futures;
import io.pveconsole.relay.RawClient;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold connections and give nothing. The limits are a fiftieth of the real ones. */
class ConnectionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String HEAD =
      "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n";
  private static final ConnectionLimits SHORT =
      new ConnectionLimits(
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Duration.ofMillis(1000),
          Duration.ofMillis(1500),
          16);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Connections connections = new Connections(vertx, SHORT);

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private PublicServer serve(boolean tls, Handler<HttpServerRequest> handler) {
    PublicServer server =
        new PublicServer(
            "127.0.0.1",
            0,
            tls ? Optional.of(new TlsFiles(directory).read().options()) : Optional.empty(),
            TlsEngine.best(),
            handler,
            connections);
    Futures.value(vertx.deployVerticle(server));
    return server;
  }

  private static void echo(HttpServerRequest request) {
    request.body().onSuccess(body -> request.response().end("ok"));
  }

  /** Writes one character now and then, so that the connection is never idle. */
  private void drip(RawClient client) {
    vertx.setPeriodic(
        50,
        id -> {
          try {
            client.write("x");
          } catch (IOException e) {
            vertx.cancelTimer(id);
          }
        });
  }

  private static String get(int port) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client
          .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
          .textToEnd(PATIENCE);
    }
  }

  @Test
  void aHeadThatDripsIsCutOff() throws IOException {
    int port = serve(false, ConnectionsTest::echo).port();
    try (RawClient slow = new RawClient(port)) {
      slow.write("GET / HTTP/1.1\r\nX-Slow: ");
      drip(slow);

      assertThat(get(port)).startsWith("HTTP/1.1 200").endsWith("ok");
      assertThat(slow.readToEnd(PATIENCE)).isEmpty();
    }
    Awaitility.await("nothing is kept").until(() -> connections.size() == 0);
  }

  @Test
  void aBodyThatDripsIsCutOff() throws IOException {
    int port = serve(false, ConnectionsTest::echo).port();
    try (RawClient slow = new RawClient(port)) {
      slow.write(HEAD.replace("99", "9999") + "\r\n");
      drip(slow);

      assertThat(get(port)).endsWith("ok");
      assertThat(slow.readToEnd(PATIENCE)).isEmpty();
    }
  }

  @Test
  void anAnswerThatNeverComesEndsTheConnection() throws IOException {
    int port = serve(false, request -> {}).port();

    assertThat(get(port)).isEmpty();
  }

  @Test
  void whoAsksNothingMoreIsCutOff() throws IOException {
    int port = serve(false, ConnectionsTest::echo).port();
    try (RawClient idle = new RawClient(port);
        RawClient mute = new RawClient(port)) {
      idle.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(idle.textToEnd(PATIENCE)).endsWith("ok");
      assertThat(mute.readToEnd(PATIENCE)).isEmpty();
    }
  }

  @Test
  void aHalfOpenHandshakeIsCutOff() throws Exception {
    TestCertificate.make(directory, "one").write(directory);
    int port = serve(true, ConnectionsTest::echo).port();
    try (RawClient mute = new RawClient(port);
        RawClient half = new RawClient(port)) {
      half.write(new byte[] {22, 3, 1, 2, 0, 1});

      half.readToEnd(PATIENCE);
      mute.readToEnd(PATIENCE);
    }
  }

  @Test
  void ofTooManyTheOldestGo() throws IOException {
    ConnectionLimits patient =
        new ConnectionLimits(
            PATIENCE, PATIENCE.multipliedBy(6), PATIENCE, PATIENCE.multipliedBy(6), 16);
    Connections few = new Connections(vertx, patient);
    PublicServer server =
        new PublicServer(
            "127.0.0.1", 0, Optional.empty(), TlsEngine.best(), ConnectionsTest::echo, few);
    Futures.value(vertx.deployVerticle(server));
    List<RawClient> attackers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      attackers.add(new RawClient(server.port()).write("GET / HTTP/1.1\r\n"));
    }

    assertThat(get(server.port())).endsWith("ok");
    assertThat(attackers.getFirst().readToEnd(PATIENCE)).isEmpty();
    assertThat(few.size()).isLessThanOrEqualTo(16);
    for (RawClient attacker : attackers) {
      attacker.close();
    }
  }

  @Test
  void whatIsTooLongIsRefusedAsAProblem() throws IOException {
    int port = serve(false, ConnectionsTest::echo).port();

    for (String[] each :
        new String[][] {
          {"GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: a\r\n\r\n", "414", "UriTooLong"},
          {"GET / HTTP/1.1\r\nX: " + "x".repeat(17_000) + "\r\n\r\n", "431", "HeadersTooLarge"},
          {"nonsense\r\n\r\n", "400", "BadRequest"},
          {"GET / HTTP/1.1\r\n broken\u0000: x\r\n\r\n", "400", "BadRequest"}
        }) {
      try (RawClient client = new RawClient(port)) {
        String answer = client.write(each[0]).textToEnd(PATIENCE);
        assertThat(answer)
            .matches("(?s)HTTP/1\\.[01] " + each[1] + ".*")
            .containsIgnoringCase("content-type: application/problem+json")
            .containsIgnoringCase("x-content-type-options: nosniff")
            .contains("\"code\":\"" + each[2] + "\"");
      }
    }
  }

  @Test
  void speaksHttp1Only() throws IOException {
    int port = serve(false, ConnectionsTest::echo).port();
    try (RawClient client = new RawClient(port)) {
      assertThat(client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").textToEnd(PATIENCE))
          .startsWith("HTTP/2.0 501 ");
    }
  }

  @Test
  void theRealLimitsAreThese() {
    assertThat(ConnectionLimits.DEFAULT)
        .isEqualTo(
            new ConnectionLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(75),
                4096));
    assertThat(new Connections(vertx).limits()).isSameAs(ConnectionLimits.DEFAULT);
  }
}
