// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.host.HostView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * Another relay beside a running one: same host, grants and credentials; own keys, ports and clock.
 * It ends with the first.
 */
public final class Replica {

  public final Relay relay;
  public final Path directory;
  private final RunningRelay first;
  private final int port;
  private final List<Browser> browsers = new CopyOnWriteArrayList<>();

  public Replica(RunningRelay first, String podName, Clock clock) {
    this.first = first;
    this.directory = first.directory.resolve(podName);
    try {
      FreePorts ports = FreePorts.find();
      port = ports.open();
      Files.createDirectories(directory.resolve("keys"));
      Files.createDirectories(directory.resolve("credentials"));
      RunningRelay.key(directory, "current", "k1", 1);
      copyCredentials();
      GrantRegistry registry = new GrantRegistry();
      first.grants.watchInto(registry);
      relay =
          new Relay(
              first.vertx,
              RunningRelay.config(directory, podName, port, ports.management(), false),
              new Relay.Stores(
                  first.hosts,
                  first.grants,
                  new HostView(),
                  registry,
                  new Blocking(first.vertx, 32, Duration.ofSeconds(10)),
                  () -> {}),
              clock,
              Relay.Tuning.standard());
      Futures.value(relay.start());
      Awaitility.await("ready").until(relay::isReady);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyCredentials() throws IOException {
    for (String name : List.of("tokenId", "tokenSecret")) {
      Path file = first.directory.resolve("credentials").resolve(name);
      if (Files.exists(file)) {
        Files.copy(file, directory.resolve("credentials").resolve(name));
      }
    }
  }

  /** Writes one slot of its keys, which it has in its own time. */
  public void key(String slot, String kid, int fill) throws IOException {
    RunningRelay.key(directory, slot, kid, fill);
  }

  /** A browser that comes to this replica by the common public address. */
  public Browser browser(String session) {
    Browser browser = new Browser(first.vertx, port, "/pve7/c/" + session, first.origin());
    browsers.add(browser);
    return browser;
  }

  public int port() {
    return port;
  }
}
