// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Store;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWatch;
import io.pveconsole.relay.host.HostView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the host and its grants and hands the news to the relay's own views. */
public final class Watches implements GrantWatch, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final KubernetesClient client;
  private final String namespace;
  private final String hostName;
  private final HostGrants ours;
  private final GrantRegistry registry;
  private final HostView view;
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
  private volatile @Nullable Store<ConsoleGrant> watched;

  public Watches(
      KubernetesClient client,
      String namespace,
      String hostName,
      GrantRegistry registry,
      HostView view) {
    this.client = client;
    this.namespace = namespace;
    this.hostName = hostName;
    this.ours = new HostGrants(hostName);
    this.registry = registry;
    this.view = view;
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
    SharedIndexInformer<ProxmoxHost> hosts =
        client
            .resources(ProxmoxHost.class)
            .inNamespace(namespace)
            .withName(hostName)
            .runnableInformer(0);
    watched = grants.getStore();
    begin(grants.addEventHandler(new Grants()));
    begin(hosts.addEventHandler(new Hosts()));
  }

  private void begin(SharedIndexInformer<?> informer) {
    informers.add(informer);
    informer.exceptionHandler(
        (started, thrown) -> {
          LOG.atInfo().addKeyValue("error", thrown.toString()).log("a watch was interrupted");
          return true;
        });
    informer
        .start()
        .whenComplete(
            (done, thrown) -> {
              if (thrown != null && isCurrent(informer)) {
                LOG.atWarn().addKeyValue("error", thrown.toString()).log("a watch has not begun");
              }
            });
  }

  private synchronized boolean isCurrent(SharedIndexInformer<?> informer) {
    return informers.contains(informer);
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
  public synchronized void close() {
    informers.forEach(SharedIndexInformer::stop);
    informers.clear();
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

  private final class Hosts implements ResourceEventHandler<ProxmoxHost> {
    @Override
    public void onAdd(ProxmoxHost host) {
      if (hostName.equals(host.getMetadata().getName())) {
        view.set(host);
      }
    }

    @Override
    public void onUpdate(ProxmoxHost before, ProxmoxHost now) {
      onAdd(now);
    }

    @Override
    public void onDelete(ProxmoxHost host, boolean finalStateUnknown) {
      if (hostName.equals(host.getMetadata().getName())) {
        view.remove();
      }
    }
  }
}
