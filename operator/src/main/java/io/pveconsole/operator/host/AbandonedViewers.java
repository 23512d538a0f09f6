// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Removes the viewers that a vanished pod can no longer remove itself. */
final class AbandonedViewers {

  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  AbandonedViewers(KubernetesClient client) {
    this.client = client;
  }

  void remove(ProxmoxHost host, String pod) {
    client
        .resources(ConsoleGrant.class)
        .inNamespace(host.getMetadata().getNamespace())
        .withLabel(Api.HOST_LABEL, host.getMetadata().getName())
        .list()
        .getItems()
        .forEach(
            grant ->
                Optional.ofNullable(grant.getStatus())
                    .flatMap(status -> Optional.ofNullable(status.viewer()))
                    .filter(viewer -> viewer.relayPod().equals(pod))
                    .ifPresent(viewer -> remove(grant, viewer)));
  }

  /** With a test: a viewer that has come to another pod meanwhile stays. */
  private void remove(ConsoleGrant grant, GrantViewer viewer) {
    String patch =
        "[{\"op\":\"test\",\"path\":\"/status/viewer/id\",\"value\":\"%s\"},{\"op\":\"remove\",\"path\":\"/status/viewer\"}]"
            .formatted(viewer.id());
    try {
      client
          .resources(ConsoleGrant.class)
          .inNamespace(grant.getMetadata().getNamespace())
          .withName(grant.getMetadata().getName())
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON), patch);
    } catch (KubernetesClientException e) {
      if (e.getCode() != UNPROCESSABLE && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
