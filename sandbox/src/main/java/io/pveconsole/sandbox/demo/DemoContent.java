// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.demo;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.pveconsole.sandbox.api.Kinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The objects of the demonstration: credentials, CA, host and one session. */
public final class DemoContent {

  private static final String NAMESPACE = "default";
  private static final String NAME = "demo";
  private static final String CA_KEY = "pve-root-ca.pem";

  private DemoContent() {}

  /** In the order to apply them. */
  public static List<HasMetadata> of(Simulator simulator) {
    SimulatorFacts facts = simulator.facts();
    return List.of(
        new SecretBuilder()
            .withNewMetadata()
            .withName("demo-proxmox")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .addToStringData("tokenId", facts.tokenId())
            .addToStringData("tokenSecret", facts.tokenSecret())
            .build(),
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("demo-proxmox-ca")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .addToData(CA_KEY, read(Path.of(facts.caFile())))
            .build(),
        host(facts),
        SessionManifest.named(NAMESPACE, NAME, NAME, facts.firstRunning()));
  }

  private static GenericKubernetesResource host(SimulatorFacts facts) {
    GenericKubernetesResource host = new GenericKubernetesResource();
    host.setApiVersion(Kinds.API_VERSION);
    host.setKind("ProxmoxHost");
    host.setMetadata(new ObjectMetaBuilder().withName(NAME).withNamespace(NAMESPACE).build());
    host.setAdditionalProperty(
        "spec",
        Map.of(
            "endpoints",
            facts.endpoints().stream().map(node -> Map.of("url", node.url())).toList(),
            "credentials",
            Map.of("secretRef", Map.of("name", "demo-proxmox")),
            "tls",
            Map.of("caRef", Map.of("name", "demo-proxmox-ca", "key", CA_KEY))));
    return host;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
