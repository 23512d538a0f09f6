// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantWatch;
import io.pveconsole.relay.host.HostView;
import java.util.List;

/** Watches the host, and its grants by a watch of their own; both begin anew together. */
public final class Watches implements GrantWatch {

  private final KubernetesClient client;
  private final String namespace;
  private final String hostName;
  private final HostView view;
  private final GrantWatch grants;
  private final Informers hosts = new Informers();

  public Watches(
      KubernetesClient client,
      String namespace,
      String hostName,
      HostView view,
      GrantWatch grants) {
    this.client = client;
    this.namespace = namespace;
    this.hostName = hostName;
    this.view = view;
    this.grants = grants;
  }

  @Override
  public synchronized void restart() {
    hosts.end();
    grants.restart();
    hosts.begin(
        client
            .resources(ProxmoxHost.class)
            .inNamespace(namespace)
            .withName(hostName)
            .runnableInformer(0)
            .addEventHandler(new Hosts()));
  }

  @Override
  public boolean isBehind(List<Grant> listed) {
    return grants.isBehind(listed);
  }

  @Override
  public void close() {
    hosts.end();
    grants.close();
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
