// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An API server with one host and its grants, and the files for one relay. */
public final class Stage implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(60);

  private final StageOptions options;
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> environment;

  Stage(StageOptions options) throws IOException {
    this.options = options;
    StageApi api = new StageApi(vertx, options);
    api.put("proxmoxhosts", StageObjects.host(options));
    for (TargetList list : options.lists()) {
      for (int i = 0; i < list.sessions().size(); i++) {
        api.put("consolegrants", StageObjects.grant(list.sessions().get(i), list.vmid(i)));
      }
    }
    environment = new RelayFiles(options).write(api.port());
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
  Map<String, String> environment() {
    return environment;
  }

  /** Uses all links as soon as the relay is ready, and writes the lists. */
  void writeTargets() throws IOException, InterruptedException {
    try (Page page = new Page(options)) {
      page.awaitReady(READY);
      for (TargetList list : options.lists()) {
        Path file = options.directory().resolve(list.name() + ".json");
        Files.writeString(file, page.targets(list).encode());
      }
      Files.createFile(options.directory().resolve("signed-in"));
    }
  }

  @Override
  public void close() {
    vertx.close();
  }
}
