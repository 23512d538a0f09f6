// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.kubernetes.FabricGrantStore;
import io.pveconsole.relay.kubernetes.FabricHostStore;
import io.pveconsole.relay.kubernetes.GrantStores;
import io.pveconsole.relay.kubernetes.KubernetesConnection;
import io.pveconsole.relay.kubernetes.Watches;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * All of a relay's ways to an API server, led to the stand-in: the Kubernetes client, its watches,
 * and the calls from the event loop.
 */
record LoopbackApi(
    Blocking blocking,
    HttpServer server,
    KubernetesClient client,
    Watches watches,
    GrantStore grants) {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Where what the watches bring is kept. */
  record Views(GrantRegistry registry, HostView host) {}

  /** What all of a relay runs on. */
  record Base(Vertx vertx, Blocking blocking, TlsEngine engine) {}

  /** Begins to watch, and does once what a relay does now and then. */
  static Future<LoopbackApi> open(
      Base base, StandInApi api, LoopbackCertificate certificate, Views views) {
    return api.listen(base.vertx(), certificate, base.engine())
        .compose(
            server ->
                base.blocking()
                    .call(LIMIT, () -> connect(base, server, certificate, views))
                    .onFailure(thrown -> server.close()))
        .compose(open -> open.usual().map(open).onFailure(thrown -> open.close()));
  }

  private static LoopbackApi connect(
      Base base, HttpServer server, LoopbackCertificate certificate, Views views) {
    ServerClock clock = new ServerClock(Clock.systemUTC(), System::nanoTime);
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:" + server.actualPort())
            .withCaCertData(
                Base64.getEncoder().encodeToString(certificate.certificate().getBytes()))
            .withOauthToken(WarmupHost.NAME)
            .build();
    KubernetesClient client = KubernetesConnection.open(config, clock);
    String name = WarmupHost.NAME;
    Watches watches = new Watches(client, name, name, views.registry(), views.host());
    watches.restart();
    GrantStore grants =
        new GrantStores(base.vertx(), base.engine(), clock, name, name)
            .inApiServer(
                client, new FabricGrantStore(client, base.blocking(), base.blocking(), name, name));
    return new LoopbackApi(base.blocking(), server, client, watches, grants);
  }

  private Future<Void> usual() {
    String name = WarmupHost.NAME;
    FabricHostStore hosts = new FabricHostStore(client, blocking, name, name);
    return grants
        .list()
        .compose(all -> hosts.read())
        .compose(host -> hosts.report(new RelayStatus(name, name, null, List.of())));
  }

  Future<Void> close() {
    return blocking
        .call(
            LIMIT,
            () -> {
              watches.close();
              client.close();
              return null;
            })
        .eventually(server::close)
        .mapEmpty();
  }
}
