// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Store;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** News of grants by the Kubernetes client, wherever it reaches the API server. */
final class InformedGrantWatch implements GrantWatch {

  private final KubernetesClient client;
  private final String namespace;
  private final String hostName;
  private final HostGrants ours;
  private final GrantRegistry registry;
  private final Informers informers = new Informers();
  private volatile @Nullable Store<ConsoleGrant> watched;

  InformedGrantWatch(
      KubernetesClient client, String namespace, String hostName, GrantRegistry registry) {
    this.client = client;
    this.namespace = namespace;
    this.hostName = hostName;
    this.ours = new HostGrants(hostName);
    this.registry = registry;
  }

  @Override
  public synchronized void restart() {
    close();
    SharedIndexInformer<ConsoleGrant> grants =
        client
            .resources(ConsoleGrant.class)
            .inNamespace(namespace)
            .withLabel(Api.HOST_LABEL, hostName)
            .runnableInformer(0);
    watched = grants.getStore();
    informers.begin(grants.addEventHandler(new Grants()));
  }

  @Override
  public boolean isBehind(List<Grant> listed) {
    Store<ConsoleGrant> store = watched;
    if (store == null) {
      return false;
    }
    for (Grant grant : listed) {
      ConsoleGrant seen = store.getByKey(namespace + "/" + grant.name());
      boolean current = seen != null && Grant.of(seen).isNewerThan(grant);
      if (!current && registry.goneReason(grant.name()).isEmpty()) {
        return true;
      }
    }
    return store.list().stream()
        .anyMatch(seen -> registry.goneReason(seen.getMetadata().getName()).isPresent());
  }

  @Override
  public void close() {
    informers.end();
  }

  private final class Grants implements ResourceEventHandler<ConsoleGrant> {
    @Override
    public void onAdd(ConsoleGrant grant) {
      if (ours.has(grant)) {
        registry.put(Grant.of(grant));
      }
    }

    @Override
    public void onUpdate(ConsoleGrant before, ConsoleGrant now) {
      onAdd(now);
    }

    @Override
    public void onDelete(ConsoleGrant grant, boolean finalStateUnknown) {
      registry.remove(grant.getMetadata().getName());
    }
  }
}
