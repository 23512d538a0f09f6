// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.GrantWatch;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * Makes stores of one host's grants, and watches.
 *
 * @param clock what is told the API server's time
 */
public record GrantStores(
    Vertx vertx, TlsEngine engine, ServerClock clock, String namespace, String hostName) {

  /**
   * Single grants by the shortest way to the API server that there is.
   *
   * @param other for lists and for what cannot go or does not go that way
   */
  public GrantStore inApiServer(KubernetesClient client, GrantStore other) {
    KubernetesSerialization serialization = client.getKubernetesSerialization();
    return store(client.getConfiguration(), serialization, other);
  }

  /** By the same way, without any other, to a port of this machine that speaks no TLS. */
  public GrantStore onLoopback(int port) {
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + port).build();
    return store(config, KubernetesConnection.serialization(), new NoStore());
  }

  /** News of grants by the same way, or by the Kubernetes client's where that is the only one. */
  public GrantWatch watch(KubernetesClient client, GrantRegistry registry) {
    return ApiServerCalls.of(vertx, engine, client.getConfiguration(), clock)
        .<GrantWatch>map(
            calls ->
                new LoopGrantWatch(
                    vertx,
                    calls,
                    client.getKubernetesSerialization(),
                    registry,
                    namespace,
                    hostName))
        .orElseGet(() -> new InformedGrantWatch(client, namespace, hostName, registry));
  }

  private GrantStore store(Config config, KubernetesSerialization serialization, GrantStore other) {
    return ApiServerCalls.of(vertx, engine, config, clock)
        .<GrantStore>map(
            calls -> new LoopGrantStore(calls, other, serialization, namespace, hostName))
        .orElse(other);
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
