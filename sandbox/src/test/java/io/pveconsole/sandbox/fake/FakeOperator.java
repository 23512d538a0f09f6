// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.fake;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.sandbox.api.Kinds;
import io.pveconsole.sandbox.api.KubernetesApi;
import io.pveconsole.sandbox.api.Widgets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Stands for the operator: a relay for each host, a link for each session. */
public final class FakeOperator {

  private final KubernetesClient client;
  private final Set<String> done = new HashSet<>();

  private FakeOperator(KubernetesClient client) {
    this.client = client;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    String kubeconfig = Files.readString(Path.of(System.getenv("KUBECONFIG")));
    FakeOperator operator = new FakeOperator(KubernetesApi.connect(kubeconfig));
    while (true) {
      operator.pass();
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private void pass() {
    for (GenericKubernetesResource host :
        client.genericKubernetesResources(Kinds.HOST).inAnyNamespace().list().getItems()) {
      if (Kinds.text(host, "spec", "exposure", "publicUrl").isPresent()
          && done.add(host.getMetadata().getUid())) {
        relay(host);
      }
    }
    for (GenericKubernetesResource session :
        client.genericKubernetesResources(Kinds.SESSION).inAnyNamespace().list().getItems()) {
      if (done.add(session.getMetadata().getUid())) {
        link(session);
      }
    }
  }

  private void relay(GenericKubernetesResource host) {
    String name = host.getMetadata().getName() + "-relay";
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build())
        .serverSideApply();
    client.resource(FakeDeployments.relayOf(host)).create();
  }

  private void link(GenericKubernetesResource session) {
    String name = session.getMetadata().getName();
    String host = Kinds.text(session, "spec", "hostRef", "name").orElseThrow();
    GenericKubernetesResource found =
        client.genericKubernetesResources(Kinds.HOST).inNamespace("default").withName(host).get();
    String base = Kinds.text(found, "spec", "exposure", "publicUrl").orElseThrow();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name + "-access")
                .withNamespace("default")
                .withOwnerReferences(
                    new OwnerReferenceBuilder()
                        .withApiVersion(Kinds.API_VERSION)
                        .withKind("ConsoleSession")
                        .withName(name)
                        .withUid(session.getMetadata().getUid())
                        .build())
                .endMetadata()
                .addToStringData("url", base + "/c/" + session.getMetadata().getUid() + "#secret")
                .build())
        .create();
    session.setAdditionalProperty(
        "status", Map.of("state", "Ready", "accessSecretRef", Map.of("name", name + "-access")));
    session.getMetadata().setResourceVersion(null);
    session.getMetadata().setManagedFields(null);
    client
        .genericKubernetesResources(Kinds.SESSION)
        .inNamespace("default")
        .resource(session)
        .subresource("status")
        .patch(Widgets.applyAs("operator"));
  }
}
