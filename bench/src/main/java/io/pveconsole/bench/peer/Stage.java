// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** An API server with one host and its grants, and the files for one relay. */
public final class Stage implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(60);

  private final StageOptions options;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  private final Map<String, String> environment;
  private final Page page;

  /** Puts everything up. */
  public Stage(StageOptions options) throws IOException {
    this.options = options;
    StageApi api = new StageApi(vertx, options);
    api.put("proxmoxhosts", StageObjects.host(options));
    for (TargetList list : options.lists()) {
      for (int i = 0; i < list.sessions().size(); i++) {
        api.put(
            "consolegrants",
            StageObjects.grant(list.sessions().get(i), list.vmid(i), list.policy()));
      }
    }
    environment = new RelayFiles(options).write(api.port());
    page = new Page(options);
  }

  /**
   * Puts everything up, writes {@code relay.env} into the given directory, waits for the relay that
   * was started with it, writes the lists, then {@code signed-in}, and stays until it is ended.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]).toAbsolutePath();
    try (Stage stage = new Stage(StageOptions.from(directory, System.getenv()))) {
      stage.writeTargets();
      Thread.currentThread().join();
    }
  }

  /** What the relay is started with. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Uses all links as soon as the relay is ready, and writes the lists. */
  void writeTargets() throws IOException, InterruptedException {
    awaitReady(() -> true);
    for (TargetList list : options.lists()) {
      JsonArray targets = new JsonArray();
      for (Access access : signIn(list)) {
        targets.add(
            new JsonObject()
                .put("url", access.url())
                .put("vmid", String.valueOf(access.vmid()))
                .put(
                    "headers",
                    new JsonObject()
                        .put("Origin", access.origin())
                        .put("Cookie", access.accessCookie())));
      }
      Files.writeString(options.directory().resolve(list.name() + ".json"), targets.encode());
    }
    Files.createFile(options.directory().resolve("signed-in"));
  }

  /**
   * Waits for the relay that was started with {@link #environment()}, a minute at most.
   *
   * @param alive whether there is still something to wait for
   */
  public void awaitReady(BooleanSupplier alive) throws IOException, InterruptedException {
    page.awaitReady(alive, READY);
  }

  /** Uses the links of a list. */
  public List<Access> signIn(TargetList list) throws IOException, InterruptedException {
    List<Access> all = new ArrayList<>();
    for (int i = 0; i < list.sessions().size(); i++) {
      all.add(page.redeem(list.sessions().get(i), list.vmid(i)));
    }
    return all;
  }

  /** The same with new cookies. */
  public Access refresh(Access access) throws IOException, InterruptedException {
    return page.refresh(access);
  }

  @Override
  public void close() {
    page.close();
    vertx.close();
  }
}
