// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the reports, and the viewers, of pods that are gone. By JSON patch with a test:
 * server-side apply cannot remove what another manager owns.
 */
final class VanishedPods {

  private static final Logger LOG = LoggerFactory.getLogger(VanishedPods.class);

  private final KubernetesClient client;
  private final AbandonedViewers viewers;

  VanishedPods(KubernetesClient client) {
    this.client = client;
    this.viewers = new AbandonedViewers(client);
  }

  /**
   * Removes one report at most; the change brings the next pass.
   *
   * @param known pods in the cache, which may be late: a pod not in it is asked for
   */
  void removeOne(ProxmoxHost host, Set<String> known) {
    if (host.getStatus() == null || host.getStatus().relays() == null) {
      return;
    }
    List<RelayStatus> relays = host.getStatus().relays();
    for (int i = 0; i < relays.size(); i++) {
      String pod = relays.get(i).podName();
      if (!known.contains(pod) && isGone(host, pod)) {
        viewers.remove(host, pod);
        remove(host, i, pod);
        return;
      }
    }
  }

  private boolean isGone(ProxmoxHost host, String pod) {
    String namespace = host.getMetadata().getNamespace();
    return client.pods().inNamespace(namespace).withName(pod).get() == null;
  }

  private void remove(ProxmoxHost host, int index, String pod) {
    String entry = "/status/relays/" + index;
    String patch =
        "[{\"op\":\"test\",\"path\":\"%s/podName\",\"value\":\"%s\"},{\"op\":\"remove\",\"path\":\"%s\"}]"
            .formatted(entry, pod, entry);
    client
        .resources(ProxmoxHost.class)
        .inNamespace(host.getMetadata().getNamespace())
        .withName(host.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON), patch);
    LOG.atInfo()
        .addKeyValue("namespace", host.getMetadata().getNamespace())
        .addKeyValue("host", host.getMetadata().getName())
        .addKeyValue("pod", pod)
        .log("removed the report of a vanished relay");
  }
}
