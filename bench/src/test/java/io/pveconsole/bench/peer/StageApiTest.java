// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in says what an API server says. */
class StageApiTest {

  private static final String GRANTS =
      "/apis/pveconsole.io/v1alpha1/namespaces/consoles/consolegrants";

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  private StageApi api;

  @BeforeEach
  void start() throws Exception {
    Map<String, String> given =
        StageSettings.given(directory, "", "https://127.0.0.1:8006", "user@pve!t=secret");
    given.put("PEER_TARGETS", "targets=100");
    api = new StageApi(vertx, StageOptions.from(directory, given));
    api.put("consolegrants", grant());
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void knowsNoOtherKinds() {
    assertThat(status(HttpMethod.GET, "/api/v1/pods", new JsonObject())).isEqualTo(404);
  }

  @Test
  void patchesTheStatusOfWhatIsThereAndOfNoOtherVersion() {
    JsonObject status = new JsonObject().put("status", new JsonObject().put("viewer", "relay-1"));
    JsonObject fresh = status.copy().put("metadata", new JsonObject());
    JsonObject stale =
        status.copy().put("metadata", new JsonObject().put("resourceVersion", "12345"));

    assertThat(status(HttpMethod.PATCH, GRANTS + "/none/status", fresh)).isEqualTo(404);
    assertThat(status(HttpMethod.PATCH, GRANTS + "/g/status", stale)).isEqualTo(409);
    assertThat(status(HttpMethod.PATCH, GRANTS + "/g/status", fresh)).isEqualTo(200);
    JsonObject empty = new JsonObject().putNull("viewer");
    assertThat(
            status(
                HttpMethod.PATCH,
                GRANTS + "/g/status",
                new JsonObject().put("metadata", new JsonObject()).put("status", empty)))
        .isEqualTo(200);
    assertThat(body(HttpMethod.GET, GRANTS + "/g", new JsonObject()).getJsonObject("status"))
        .isEmpty();
  }

  private static JsonObject grant() {
    return new JsonObject().put("metadata", new JsonObject().put("name", "g"));
  }

  private int status(HttpMethod method, String path, JsonObject body) {
    return onLoop(() -> send(method, path, body).map(HttpClientResponse::statusCode));
  }

  private JsonObject body(HttpMethod method, String path, JsonObject body) {
    return onLoop(() -> send(method, path, body).compose(HttpClientResponse::body)).toJsonObject();
  }

  private Future<HttpClientResponse> send(HttpMethod method, String path, JsonObject body) {
    return client
        .request(method, api.port(), "127.0.0.1", path)
        .compose(request -> request.send(body.toBuffer()));
  }

  /** Whoever asks for the body of an answer on another thread may come when it has gone by. */
  private <T> T onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    vertx.runOnContext(v -> work.get().onComplete(done));
    return done.future().toCompletionStage().toCompletableFuture().join();
  }
}
