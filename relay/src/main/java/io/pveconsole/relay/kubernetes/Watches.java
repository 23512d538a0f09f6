// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.host.HostView;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the host and its grants and hands the news to the relay's own views. */
public final class Watches implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final KubernetesClient client;
  private final String namespace;
  private final String hostName;
  private final GrantRegistry registry;
  private final HostView view;
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  public Watches(
      KubernetesClient client,
      String namespace,
      String hostName,
      GrantRegistry registry,
      HostView view) {
    this.client = client;
    this.namespace = namespace;
    this.hostName = hostName;
    this.registry = registry;
    this.view = view;
  }

  /** Begins, or begins anew when the watches have gone silent; blocks for a short while. */
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
    begin(grants.addEventHandler(new Grants()));
    begin(hosts.addEventHandler(new Hosts()));
  }

  private void begin(SharedIndexInformer<?> informer) {
    informers.add(informer);
    informer.exceptionHandler((started, thrown) -> true);
    informer
        .start()
        .whenComplete(
            (done, thrown) -> {
              if (thrown != null) {
                LOG.atWarn().addKeyValue("error", thrown.toString()).log("a watch has not begun");
              }
            });
  }

  @Override
  public synchronized void close() {
    informers.forEach(SharedIndexInformer::stop);
    informers.clear();
  }

  private final class Grants implements ResourceEventHandler<ConsoleGrant> {
    @Override
    public void onAdd(ConsoleGrant grant) {
      if (grant.getSpec() != null && hostName.equals(grant.getSpec().hostName())) {
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
