// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.host.HostStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.Hosts;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host as the relay's own way to the API server reads, reports and watches it. */
class LoopHostStoreTest {

  private static final String PATH =
      "/apis/pveconsole.io/v1alpha1/namespaces/consoles/proxmoxhosts";

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> others = new CopyOnWriteArrayList<>();
  private final List<ServerWebSocket> watches = new CopyOnWriteArrayList<>();
  private final HostView view = new HostView();
  private volatile int status = 200;
  private volatile String body = host("7");
  private ApiServerCalls calls;
  private HostStore store;

  private static String host(String version) {
    ProxmoxHost host = Hosts.of("https://console.example.com", List.of(), null);
    host.getMetadata().setResourceVersion(version);
    return Serialization.asJson(host);
  }

  private final HostStore other =
      new HostStore() {
        @Override
        public Future<Optional<ProxmoxHost>> read() {
          others.add("read");
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Void> report(RelayStatus status) {
          others.add("report");
          return Future.succeededFuture();
        }
      };

  @BeforeEach
  void start() {
    HttpServer server =
        Futures.value(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.actualPort())
            .build();
    ServerClock clock = new ServerClock(Clock.systemUTC(), System::nanoTime);
    calls = ApiServerCalls.of(vertx, TlsEngine.best(), config, clock).orElseThrow();
    store = new LoopHostStore(calls, "consoles", "pve7", other);
  }

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    if (request.getParam("watch") != null) {
      request.toWebSocket().onSuccess(watches::add);
      return;
    }
    request
        .body()
        .onSuccess(
            said -> {
              asked.add(
                  request.method() + " " + request.uri() + " " + request.getHeader("Content-Type"));
              request
                  .response()
                  .setStatusCode(status)
                  .end(
                      request.path().equals(PATH)
                          ? new JsonObject()
                              .put("metadata", new JsonObject().put("resourceVersion", "9"))
                              .put("items", new JsonArray().add(new JsonObject(body)))
                              .encode()
                          : body);
            });
  }

  private static RelayStatus report() {
    return new RelayStatus("pod 1", "k1", "9.0", List.of());
  }

  @Test
  void readsAndReports() {
    assertThat(Futures.value(store.read()).orElseThrow().getMetadata().getResourceVersion())
        .isEqualTo("7");
    Futures.value(store.report(report()));

    assertThat(asked)
        .containsExactly(
            "GET " + PATH + "/pve7 null",
            "PATCH "
                + PATH
                + "/pve7/status?force=true&fieldManager=pod+1 application/apply-patch+yaml");
    assertThat(others).isEmpty();
  }

  @Test
  void aHostThatIsNotThereIsNone() {
    status = 404;

    assertThat(Futures.value(store.read())).isEmpty();
    assertThat(others).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 409, 500})
  void whatElseItAnswersIsTheOthersBusiness(int answer) {
    status = answer;
    Futures.value(store.read());
    Futures.value(store.report(report()));

    assertThat(others).containsExactly("read", "report");
  }

  @Test
  void isWatched() {
    new LoopHostWatch(vertx, calls, "consoles", "pve7", view).restart();

    Awaitility.await("the watch").until(() -> watches.size() == 1);
    assertThat(asked)
        .containsExactly("GET " + PATH + "?fieldSelector=metadata.name%3Dpve7&limit=100 null");
    assertThat(view.get()).isPresent();
    tell("MODIFIED", host("10"));
    Awaitility.await("news")
        .until(() -> view.get().orElseThrow().getMetadata().getResourceVersion().equals("10"));
    tell("DELETED", host("11"));
    Awaitility.await("the end").until(() -> view.get().isEmpty());
  }

  private void tell(String type, String object) {
    watches
        .getFirst()
        .writeTextMessage(
            new JsonObject().put("type", type).put("object", new JsonObject(object)).encode());
  }
}
