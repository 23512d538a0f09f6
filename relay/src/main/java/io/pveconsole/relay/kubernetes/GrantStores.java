// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Vertx;

/**
 * Makes stores of one host's grants.
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

  private GrantStore store(Config config, KubernetesSerialization serialization, GrantStore other) {
    return ApiServerCalls.of(vertx, engine, config, clock)
        .<GrantStore>map(
            calls -> new LoopGrantStore(calls, other, serialization, namespace, hostName))
        .orElse(other);
  }
}
