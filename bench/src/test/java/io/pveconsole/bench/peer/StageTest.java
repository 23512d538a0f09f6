// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.SimulatorConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put up around a relay is all that a real one needs to show a guest. */
class StageTest {

  private static final int VMID = 100;
  private static final int ATTEMPTS = 5;

  @TempDir Path directory;

  @Test
  void aRelayShowsAGuestToTheSessionsOfTheList() throws Exception {
    try (ProxmoxSimulator simulator = ProxmoxSimulator.start(SimulatorConfig.defaults())) {
      Map<String, String> given =
          StageSettings.given(
              directory,
              simulator.caPem(),
              simulator.endpoints().getFirst().url(),
              simulator.tokenId() + "=" + simulator.tokenSecret());
      given.put("PEER_TARGETS", "targets=" + VMID + "*2 warm=" + VMID);
      try (Stage stage = new Stage(StageOptions.from(directory, given))) {
        Process relay = relay(stage.environment());
        try {
          stage.writeTargets();
          assertThat(directory.resolve("signed-in")).exists();
          assertThat(list("warm")).hasSize(1);
          assertThat(list("targets")).hasSize(2);
          assertThat(firstBytes(list("targets").getJsonObject(1))).isEqualTo("RFB 003.008\n");
        } finally {
          relay.destroy();
          relay.waitFor(20, TimeUnit.SECONDS);
        }
      }
    }
  }

  private JsonArray list(String name) throws IOException {
    return new JsonArray(Files.readString(directory.resolve(name + ".json")));
  }

  private Process relay(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            io.pveconsole.relay.Main.class.getName());
    builder.environment().putAll(environment);
    builder.environment().put("PVECONSOLE_WARMUP_ROUNDS", "0");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("relay.log").toFile())
        .start();
  }

  /** What the console says first; a cold relay on a busy machine may need another try. */
  private static String firstBytes(JsonObject target) throws Exception {
    Vertx vertx = Vertx.vertx();
    WebSocketClient sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setTrustAll(true).setVerifyHost(false));
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return connect(sockets, target)
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } finally {
      sockets.close();
      vertx.close();
    }
  }

  private static Future<String> connect(WebSocketClient sockets, JsonObject target) {
    WebSocketConnectOptions address =
        new WebSocketConnectOptions()
            .setAbsoluteURI(target.getString("url"))
            .setSubProtocols(List.of("binary"));
    target
        .getJsonObject("headers")
        .forEach(header -> address.putHeader(header.getKey(), header.getValue().toString()));
    Promise<String> first = Promise.promise();
    sockets
        .connect(address)
        .onFailure(first::tryFail)
        .onSuccess(
            socket -> {
              socket.binaryMessageHandler(data -> first.tryComplete(data.toString()));
              socket.closeHandler(v -> first.tryFail("closed with " + socket.closeStatusCode()));
            });
    return first.future();
  }
}
