// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and watches as an API server has them, its refusals and its ends included. */
class LoopGrantWatchTest {

  private static final String UID = "00000000-0000-4000-8000-00000000000";

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<ServerWebSocket> watches = new CopyOnWriteArrayList<>();
  private final GrantRegistry registry = new GrantRegistry();
  private volatile JsonArray objects = new JsonArray();
  private volatile int listStatus = 200;
  private volatile int watchStatus = 101;
  private volatile int version = 10;
  private LoopGrantWatch watch;

  @BeforeEach
  void start() {
    HttpServer server =
        Futures.value(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.actualPort() + "/cluster/")
            .withOauthToken("secret")
            .build();
    ServerClock clock = new ServerClock(Clock.systemUTC(), System::nanoTime);
    watch =
        new LoopGrantWatch(
            vertx,
            ApiServerCalls.of(vertx, TlsEngine.best(), config, clock).orElseThrow(),
            new LoopGrants("consoles", "pve7"),
            registry);
  }

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    boolean whole =
        request
                .path()
                .equals("/cluster/apis/pveconsole.io/v1alpha1/namespaces/consoles/consolegrants")
            && (Api.HOST_LABEL + "=pve7").equals(request.getParam("labelSelector"))
            && "Bearer secret".equals(request.getHeader("Authorization"));
    if (!whole) {
      request.response().setStatusCode(400).end();
    } else if ("true".equals(request.getParam("watch"))) {
      asked.add("watch " + request.getParam("resourceVersion"));
      watch(request);
    } else {
      asked.add("list " + request.getParam("continue", ""));
      list(request);
    }
  }

  /** As an API server: one that names no origin is refused. */
  private void watch(HttpServerRequest request) {
    if (watchStatus != 101 || request.getHeader("Origin") == null) {
      request.response().setStatusCode(watchStatus == 101 ? 403 : watchStatus).end();
      return;
    }
    request.toWebSocket().onSuccess(watches::add);
  }

  /** One object on each page. */
  private void list(HttpServerRequest request) {
    int page = Integer.parseInt(request.getParam("continue", "0"));
    boolean last = page + 1 >= objects.size();
    JsonObject metadata = new JsonObject().put("resourceVersion", String.valueOf(version));
    request
        .response()
        .setStatusCode(listStatus)
        .end(
            new JsonObject()
                .put("metadata", last ? metadata : metadata.put("continue", page + 1 + ""))
                .put(
                    "items",
                    objects.isEmpty()
                        ? new JsonArray()
                        : new JsonArray().add(objects.getJsonObject(page)))
                .encode());
  }

  private static JsonObject object(int number, int version) {
    Grant grant = Grants.fresh(UID + number, Instant.now());
    ConsoleGrant object = new ConsoleGrant();
    object.getMetadata().setName(grant.name());
    object.getMetadata().setUid(grant.uid());
    object.getMetadata().setResourceVersion(String.valueOf(version));
    object.setSpec(grant.spec());
    return new JsonObject(Serialization.asJson(object));
  }

  private void tell(String type, JsonObject object) {
    watches
        .getLast()
        .writeTextMessage(new JsonObject().put("type", type).put("object", object).encode());
  }

  private void awaitAsked(String... calls) {
    Awaitility.await("calls").untilAsserted(() -> assertThat(asked).containsExactly(calls));
  }

  private void awaitVersion(int number, int expected) {
    Awaitility.await("version")
        .until(
            () ->
                registry
                    .find(UID + number)
                    .filter(grant -> grant.resourceVersion().equals(expected + ""))
                    .isPresent());
  }

  private void begin() {
    watch.restart();
    awaitAsked("list ", "watch 10");
    Awaitility.await("the watch").until(() -> watches.size() == 1);
  }

  @Test
  void tellsWhatIsThereAndWhatChanges() {
    objects = new JsonArray().add(object(1, 7)).add(object(2, 8)).add(object(3, 9));
    watch.restart();

    awaitAsked("list ", "list 1", "list 2", "watch 10");
    assertThat(registry.names()).containsExactlyInAnyOrder(UID + 1, UID + 2, UID + 3);
    Awaitility.await("the watch").until(() -> watches.size() == 1);
    tell("ADDED", object(4, 11));
    tell("MODIFIED", object(1, 12));
    tell("DELETED", object(2, 13));
    awaitVersion(4, 11);
    awaitVersion(1, 12);
    Awaitility.await("gone").until(() -> registry.goneReason(UID + 2).isPresent());
  }

  @Test
  void goesOnWhereItWas() {
    begin();
    tell("ADDED", object(1, 11));
    tell(
        "BOOKMARK",
        new JsonObject().put("metadata", new JsonObject().put("resourceVersion", "40")));
    awaitVersion(1, 11);
    Futures.value(watches.getFirst().close());

    awaitAsked("list ", "watch 10", "watch 40");
  }

  @Test
  void beginsAnewWhereItsVersionIsTooOld() {
    objects = new JsonArray().add(object(1, 7)).add(object(2, 8));
    watch.restart();
    Awaitility.await("the watch").until(() -> watches.size() == 1);
    objects = new JsonArray().add(object(2, 20));
    version = 30;
    tell("ERROR", new JsonObject().put("code", 410).put("message", "too old resource version"));

    awaitAsked("list ", "list 1", "watch 10", "list ", "watch 30");
    assertThat(registry.goneReason(UID + 1)).isPresent();
    awaitVersion(2, 20);
  }

  @Test
  void triesAgainWhereItIsRefused() {
    listStatus = 401;
    watch.restart();
    Awaitility.await("some lists").until(() -> asked.size() > 2);
    assertThat(registry.size()).isZero();
    assertThat(watch.isBehind(List.of(Grants.fresh(UID + 1, Instant.now())))).isFalse();

    watchStatus = 410;
    listStatus = 200;
    Awaitility.await("some watches")
        .until(() -> asked.stream().filter(call -> call.startsWith("watch")).count() > 1);

    watchStatus = 101;
    Awaitility.await("a watch").until(() -> !watches.isEmpty());
    tell("ADDED", object(1, 11));
    awaitVersion(1, 11);
  }

  @Test
  void beginsAnewAtWhatIsNoEvent() {
    begin();
    watches.getFirst().writeTextMessage("{\"type\":");

    awaitAsked("list ", "watch 10", "list ", "watch 10");
  }

  @Test
  void knowsWhatItHasNotTold() {
    objects = new JsonArray().add(object(1, 7));
    begin();
    Grant first = registry.find(UID + 1).orElseThrow();
    Grant unheard = Grants.fresh(UID + 2, Instant.now());

    assertThat(watch.isBehind(List.of(first))).isFalse();
    assertThat(watch.isBehind(List.of(first, unheard))).isTrue();
    registry.remove(UID + 1);
    assertThat(watch.isBehind(List.of())).as("a deletion that it has not told").isTrue();
  }

  @Test
  void watchesOnceHoweverOftenItBegins() {
    for (int i = 0; i < 20; i++) {
      watch.restart();
    }
    Awaitility.await("one watch")
        .during(java.time.Duration.ofMillis(300))
        .until(() -> watches.stream().filter(socket -> !socket.isClosed()).count() == 1);

    watch.close();
    Awaitility.await("no watch").until(() -> watches.stream().allMatch(ServerWebSocket::isClosed));
  }
}
