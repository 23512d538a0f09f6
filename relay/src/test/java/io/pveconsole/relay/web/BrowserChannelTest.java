// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.viewer.BrowserSocket;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Room;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of a browser in their order, whichever way they come through. */
class BrowserChannelTest {

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client = vertx.createWebSocketClient();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private final Promise<WebSocketBrowser> browser = Promise.promise();
  private volatile Context loop;
  private WebSocket page;

  private final class Told implements BrowserSocket.Events {
    @Override
    public void bytes(Buffer data) {
      told.add(data.toString());
    }

    @Override
    public void control(JsonObject message) {
      told.add(message.encode());
    }

    @Override
    public void broken(String what) {
      told.add(what);
    }

    @Override
    public void drained() {}

    @Override
    public void gone() {
      told.add("gone");
    }
  }

  @BeforeEach
  void start() throws Exception {
    HttpServer server =
        await(vertx.createHttpServer().requestHandler(this::upgrade).listen(0, "127.0.0.1"));
    page = await(client.connect(server.actualPort(), "127.0.0.1", "/"));
    page.binaryMessageHandler(data -> shown.add(data.toString()));
  }

  private void upgrade(HttpServerRequest request) {
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              WebSocketBrowser made =
                  new WebSocketBrowser(
                      vertx,
                      request.connection(),
                      socket,
                      ConsoleTimes.standard(),
                      new Room(64 * 1024 * 1024));
              loop = Vertx.currentContext();
              made.begin(new Told());
              browser.complete(made);
            });
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void comesTo(List<String> seen, String... all) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(seen).containsExactly(all));
  }

  private static void staysEmpty(List<String> seen) {
    Awaitility.await().during(Duration.ofMillis(200)).until(seen::isEmpty);
  }

  private void onLoop(Consumer<WebSocketBrowser> work) throws Exception {
    WebSocketBrowser made = await(browser.future());
    Promise<Void> done = Promise.promise();
    loop.runOnContext(
        v -> {
          work.accept(made);
          done.complete();
        });
    await(done.future());
  }

  private void send() {
    page.writeBinaryMessage(Buffer.buffer("a"));
    page.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer("b"), false));
    page.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("c"), true));
    page.writeBinaryMessage(Buffer.buffer("d"));
  }

  @Test
  void wholeMessagesAndPiecesOfThemKeepTheirOrder() {
    send();

    comesTo(told, "a", "bc", "d");
  }

  @Test
  void allThatComesWaitsWhileNothingIsRead() throws Exception {
    onLoop(made -> made.reading(false));
    send();
    staysEmpty(told);

    onLoop(made -> made.reading(true));
    comesTo(told, "a", "bc", "d");
  }

  @Test
  void whatIsAddedIsSentWithTheNextFlush() throws Exception {
    onLoop(made -> made.add(Buffer.buffer("a")));
    staysEmpty(shown);

    onLoop(
        made -> {
          made.add(Buffer.buffer("b"));
          made.flush();
        });
    comesTo(shown, "a", "b");
  }

  @Test
  void muchIsSentAtOnce() throws Exception {
    String much = "m".repeat(64 * 1024);
    onLoop(made -> made.add(Buffer.buffer(much)));

    comesTo(shown, much);
  }

  @Test
  void nothingFollowsItsCloseFrame() throws Exception {
    onLoop(
        made -> {
          made.send(Buffer.buffer("a"));
          made.close(4000, "Done");
          made.send(Buffer.buffer("b"));
        });
    Awaitility.await().until(page::isClosed);

    assertThat(shown).containsExactly("a");
    assertThat(page.closeReason()).isEqualTo("Done");
    onLoop(made -> assertThat(made.queuedBytes()).isZero());
  }
}
