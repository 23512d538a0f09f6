// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Objects of the project's kinds as people write them. */
final class Yaml {

  private Yaml() {}

  static GenericKubernetesResource host(String name) {
    return parse(
        """
        apiVersion: pveconsole.io/v1alpha1
        kind: ProxmoxHost
        metadata: {name: %s}
        spec:
          endpoints: [{url: "https://pve7.example.com:8006"}]
          credentials: {secretRef: {name: pve7}}
        """
            .formatted(name));
  }

  static GenericKubernetesResource session(String name, String host, int vmid) {
    return parse(
        """
        apiVersion: pveconsole.io/v1alpha1
        kind: ConsoleSession
        metadata: {name: %s}
        spec:
          hostRef: {name: %s}
          target: {vmid: %d}
          durationSeconds: 600
        """
            .formatted(name, host, vmid));
  }

  static GenericKubernetesResource grant(String name, String host) {
    return parse(
        """
        apiVersion: pveconsole.io/v1alpha1
        kind: ConsoleGrant
        metadata: {name: %s, labels: {pveconsole.io/host: %s}}
        spec:
          hostName: %s
          session: {namespace: team, name: alice-101, uid: %s, requestedBy: alice}
          target: {vmid: 101}
          console: VNC
          tokenSha256: "%s"
          linkExpirationTime: "2026-11-21T12:10:00Z"
          expirationTime: "2026-11-21T13:00:00Z"
          idleTimeoutSeconds: 900
          viewOnly: false
          clipboard: Both
          guestSharing: Shared
          onLinkReuse: Refuse
        """
            .formatted(name, host, host, name, "0a".repeat(32)));
  }

  static GenericKubernetesResource parse(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
  }

  static List<GenericKubernetesResource> documents(Path file) {
    return Stream.of(text(file).split("(?m)^---\\s*$"))
        .filter(document -> document.contains("kind:"))
        .map(Yaml::parse)
        .toList();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
