// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.host.HostView;

/** News of the host by the Kubernetes client, wherever it reaches the API server. */
final class InformedHostWatch implements HostWatch {

  private final KubernetesClient client;
  private final String namespace;
  private final String hostName;
  private final HostView view;
  private final Informers informers = new Informers();

  InformedHostWatch(KubernetesClient client, String namespace, String hostName, HostView view) {
    this.client = client;
    this.namespace = namespace;
    this.hostName = hostName;
    this.view = view;
  }

  @Override
  public synchronized void restart() {
    close();
    informers.begin(
        client
            .resources(ProxmoxHost.class)
            .inNamespace(namespace)
            .withName(hostName)
            .runnableInformer(0)
            .addEventHandler(new Hosts()));
  }

  @Override
  public void close() {
    informers.end();
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
