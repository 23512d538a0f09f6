// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.GrantWatch;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.host.HostStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * Makes what stands between the relay of one host and the API server: by the shortest way that
 * there is, and by the Kubernetes client for what cannot go or does not go that way.
 *
 * @param clock what is told the API server's time
 */
public record ApiServerAccess(
    Vertx vertx, TlsEngine engine, ServerClock clock, String namespace, String hostName) {

  /** Keeps what is said to the API server to be let in good, from now on. */
  public void renewToken(KubernetesClient client, Blocking blocking) {
    new TokenRenewal(client.getConfiguration()).start(vertx, blocking);
  }

  /** The host. */
  public HostStore host(KubernetesClient client, Blocking blocking) {
    HostStore other = new FabricHostStore(client, blocking, namespace, hostName);
    return calls(client)
        .<HostStore>map(calls -> new LoopHostStore(calls, namespace, hostName, other))
        .orElse(other);
  }

  /**
   * The host's grants.
   *
   * @param listing for lists, which other calls must not hold up
   */
  public GrantStore grants(KubernetesClient client, Blocking blocking, Blocking listing) {
    GrantStore other = new FabricGrantStore(client, blocking, listing, namespace, hostName);
    return calls(client)
        .flatMap(
            calls ->
                calls(client)
                    .<GrantStore>map(lists -> new LoopGrantStore(calls, lists, grants(), other)))
        .orElse(other);
  }

  /** News of both. */
  public GrantWatch watch(KubernetesClient client, GrantRegistry registry, HostView view) {
    return calls(client)
        .map(
            calls ->
                new Watches(
                    new LoopHostWatch(vertx, calls, namespace, hostName, view),
                    new LoopGrantWatch(vertx, calls, grants(), registry)))
        .orElseGet(
            () ->
                new Watches(
                    new InformedHostWatch(client, namespace, hostName, view),
                    new InformedGrantWatch(client, namespace, hostName, registry)));
  }

  private LoopGrants grants() {
    return new LoopGrants(namespace, hostName);
  }

  private Optional<ApiServerCalls> calls(KubernetesClient client) {
    return ApiServerCalls.of(vertx, engine, client.getConfiguration(), clock);
  }

  /** Grants by the shortest way, without any other, at a port of this machine without TLS. */
  public GrantStore onLoopback(int port) {
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + port).build();
    return ApiServerCalls.of(vertx, engine, config, clock)
        .<GrantStore>map(calls -> new LoopGrantStore(calls, calls, grants(), new NoStore()))
        .orElseGet(NoStore::new);
  }

  /** Nowhere to turn to. */
  private static final class NoStore implements GrantStore {

    @Override
    public Future<Optional<Grant>> read(String name) {
      return none();
    }

    @Override
    public Future<List<Grant>> list() {
      return none();
    }

    @Override
    public Future<Grant> patch(Grant version, StatusPatch patch) {
      return none();
    }

    private static <T> Future<T> none() {
      return Future.failedFuture("no other way");
    }
  }
}
