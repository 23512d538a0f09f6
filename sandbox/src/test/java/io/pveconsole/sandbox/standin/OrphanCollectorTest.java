// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.sandbox.api.Widgets;
import io.pveconsole.sandbox.api.mock.MockApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrphanCollectorTest {

  private MockApi api;
  private KubernetesClient client;
  private Widgets hosts;

  @BeforeEach
  void start() {
    api = MockApi.start();
    client = api.client();
    hosts = new Widgets(client);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static OwnerReference reference(String apiVersion, String kind, String name, String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .build();
  }

  private void secret(String name, OwnerReference... owners) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .withOwnerReferences(owners)
            .endMetadata()
            .build();
    client.resource(secret).create();
  }

  private boolean exists(String secret) {
    return client.secrets().inNamespace("default").withName(secret).get() != null;
  }

  @Test
  void collectsDownTheWholeChainAndNothingElse() {
    GenericKubernetesResource host = hosts.create("gone", Map.of("suspend", true));
    GenericKubernetesResource other = hosts.create("stays", Map.of("suspend", true));
    OwnerReference owner =
        reference("pveconsole.io/v1alpha1", "ProxmoxHost", "gone", host.getMetadata().getUid());
    OwnerReference second =
        reference("pveconsole.io/v1alpha1", "ProxmoxHost", "stays", other.getMetadata().getUid());
    Deployment deployment =
        client
            .resource(
                new DeploymentBuilder()
                    .withNewMetadata()
                    .withName("gone-relay")
                    .withNamespace("default")
                    .withOwnerReferences(owner)
                    .endMetadata()
                    .build())
            .create();
    secret(
        "of-deployment",
        reference("apps/v1", "Deployment", "gone-relay", deployment.getMetadata().getUid()));
    secret("of-both", owner, second);
    secret("of-nobody");
    secret("of-a-stranger", reference("example.com/v1", "Thing", "x", "uid-of-x"));

    try (OrphanCollector collector = OrphanCollector.start(client)) {
      assertThat(collector.sweep()).isZero();
      hosts.named("gone").delete();
      await("the chain is collected").until(() -> !exists("of-deployment"));
    }
    assertThat(client.apps().deployments().inNamespace("default").list().getItems()).isEmpty();
    assertThat(exists("of-both")).isTrue();
    assertThat(exists("of-nobody")).isTrue();
    assertThat(exists("of-a-stranger")).isTrue();
  }

  @Test
  void anOwnerMadeAnewUnderTheSameNameDoesNotCount() {
    String old = hosts.create("h", Map.of("suspend", true)).getMetadata().getUid();
    secret("old", reference("pveconsole.io/v1alpha1", "ProxmoxHost", "h", old));
    hosts.named("h").delete();
    hosts.create("h", Map.of("suspend", true));
    try (OrphanCollector collector = OrphanCollector.start(client)) {
      await("the orphan is collected").until(() -> !exists("old"));
      assertThat(collector.sweep()).isZero();
    }
  }
}
