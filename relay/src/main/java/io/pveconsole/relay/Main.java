// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.config.ConfigException;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.kubernetes.FabricGrantStore;
import io.pveconsole.relay.kubernetes.FabricHostStore;
import io.pveconsole.relay.kubernetes.KubernetesConnection;
import io.pveconsole.relay.kubernetes.Watches;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a relay and stops it on SIGTERM. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int MAX_CALLS = 64;
  private static final int MAX_LOOPS = 4;

  private Main() {}

  /** Takes no arguments: all comes from the environment. */
  public static void main(String[] arguments) {
    try {
      start(RelayConfig.from(System.getenv()));
    } catch (ConfigException | IOException e) {
      LOG.error(e.getMessage());
      exit(2);
    }
  }

  private static void start(RelayConfig config) throws IOException {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(
                    Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors() + 1)));
    Blocking blocking = new Blocking(vertx, MAX_CALLS);
    KubernetesClient client = KubernetesConnection.open();
    GrantRegistry registry = new GrantRegistry();
    HostView view = new HostView();
    String namespace = config.hostNamespace();
    Watches watches = new Watches(client, namespace, config.hostName(), registry, view);
    Relay relay =
        new Relay(
            vertx,
            config,
            new Relay.Stores(
                new FabricHostStore(client, blocking, namespace, config.hostName()),
                new FabricGrantStore(client, blocking, namespace, config.hostName()),
                view,
                registry,
                blocking,
                watches::restart),
            Clock.systemUTC(),
            Relay.Tuning.standard());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(relay), "shutdown"));
    relay
        .start()
        .onFailure(
            thrown -> {
              LOG.atError().addKeyValue("error", thrown.toString()).log("the relay cannot start");
              exit(1);
            });
  }

  private static void stop(Relay relay) {
    try {
      relay.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void exit(int code) {
    Runtime.getRuntime().halt(code);
  }
}
