// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.host.HostStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** The host in the API server. */
final class FabricHostStore implements HostStore {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final Blocking blocking;
  private final String namespace;
  private final String name;
  private final HostReportJson json;

  FabricHostStore(KubernetesClient client, Blocking blocking, String namespace, String name) {
    this.client = client;
    this.blocking = blocking;
    this.namespace = namespace;
    this.name = name;
    this.json = new HostReportJson(namespace, name);
  }

  @Override
  public Future<Optional<ProxmoxHost>> read() {
    return blocking.call(
        LIMIT,
        () ->
            Optional.ofNullable(
                client.resources(ProxmoxHost.class).inNamespace(namespace).withName(name).get()));
  }

  @Override
  public Future<Void> report(RelayStatus status) {
    return blocking
        .call(
            LIMIT,
            () ->
                client
                    .resources(ProxmoxHost.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .subresource("status")
                    .patch(
                        new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(status.podName())
                            .withForce(true)
                            .build(),
                        json.of(status)))
        .mapEmpty();
  }
}
