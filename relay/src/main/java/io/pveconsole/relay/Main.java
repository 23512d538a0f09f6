// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.config.ConfigException;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.kubernetes.ApiServerAccess;
import io.pveconsole.relay.kubernetes.KubernetesConnection;
import io.pveconsole.relay.metrics.EventLoops;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.proxmox.transport.WatchingTransport;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a relay, which stops on SIGTERM. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int MAX_CALLS = 8;
  private static final int MAX_PROOF_CALLS = 16;
  private static final Duration BLOCKED = Duration.ofSeconds(1);
  private static final int MAX_LOOPS = 4;

  /** What an open waits at most, in a crowd, until the API server is asked about it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Main() {}

  /** Takes no arguments: all comes from the environment. */
  public static void main(String[] arguments) {
    // Netty's events for flight recordings, which nobody makes here, cost a part of the start.
    System.setProperty("io.netty.jfr.enabled", "false");
    try {
      start(RelayConfig.from(System.getenv()));
    } catch (ConfigException | IOException e) {
      LOG.error(e.getMessage());
      exit(2);
    }
  }

  private static void start(RelayConfig config) throws IOException {
    int loops = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors() + 1);
    Vertx vertx =
        WatchingTransport.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setMaxEventLoopExecuteTime(BLOCKED.toMillis())
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
    ServerClock clock = new ServerClock(Clock.systemUTC(), System::nanoTime);
    KubernetesClient client = KubernetesConnection.open(clock);
    Relay.Tuning tuning = Relay.Tuning.standard();
    Relay.Stores stores = stores(vertx, tuning.engine(), config, client, clock);
    Relay relay = new Relay(vertx, config, stores, clock, tuning);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> new Shutdown(vertx, relay).run(), "shutdown"));
    relay
        .start()
        .onSuccess(
            started -> {
              started.metrics().addRuntime();
              EventLoops.measure(vertx, loops, started.metrics()::lag)
                  .onFailure(e -> LOG.atWarn().addKeyValue("error", e.toString()).log("no lag"));
            })
        .onFailure(
            thrown -> {
              LOG.atError().addKeyValue("error", thrown.toString()).log("the relay cannot start");
              exit(1);
            });
  }

  /** Calls of browsers must not keep the relay's own proof of life from being made. */
  private static Relay.Stores stores(
      Vertx vertx,
      TlsEngine engine,
      RelayConfig config,
      KubernetesClient client,
      ServerClock clock) {
    Blocking forBrowsers = new Blocking(vertx, MAX_CALLS, PATIENCE);
    Blocking forProof = new Blocking(vertx, MAX_PROOF_CALLS, PATIENCE);
    GrantRegistry registry = new GrantRegistry();
    HostView view = new HostView();
    String namespace = config.hostNamespace();
    String host = config.hostName();
    ApiServerAccess api = new ApiServerAccess(vertx, engine, clock, namespace, host);
    api.renewToken(client, forProof);
    return new Relay.Stores(
        api.host(client, forProof),
        api.grants(client, forBrowsers, forProof),
        view,
        registry,
        forBrowsers,
        api.watch(client, registry, view));
  }

  private static void exit(int code) {
    Runtime.getRuntime().halt(code);
  }
}
