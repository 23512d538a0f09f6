// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.operator.status.Times;
import java.time.Instant;
import java.util.List;

/** Objects for tests. */
public final class Samples {

  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final String NAMESPACE = "consoles";

  private Samples() {}

  /** A host without status; {@code more} is further YAML of its spec. */
  public static ProxmoxHost host(String name, String... more) {
    String yaml =
        """
        apiVersion: pveconsole.io/v1alpha1
        kind: ProxmoxHost
        metadata:
          name: %s
          namespace: %s
          uid: uid-of-%s
          generation: 1
          creationTimestamp: "2026-03-01T10:00:00Z"
        spec:
          endpoints: [{url: "https://192.0.2.7:8006"}]
          credentials: {secretRef: {name: pve}}
          exposure: {publicUrl: "https://%s.example.com"}
        """
            .formatted(name, NAMESPACE, name, name);
    return read(yaml + indented(more), ProxmoxHost.class);
  }

  /** The host with that exposure, given as YAML. */
  public static ProxmoxHost withExposure(ProxmoxHost host, String yaml) {
    ProxmoxHost copy = copy(host);
    var spec = host.getSpec();
    copy.setSpec(
        new ProxmoxHostSpec(
            spec.endpoints(),
            spec.credentials(),
            spec.tls(),
            read(yaml, Exposure.class),
            spec.allowedNamespaces(),
            spec.sessionPolicy(),
            spec.targets(),
            spec.relay(),
            spec.suspend()));
    return copy;
  }

  /** The same with an address, and relays that are there. */
  public static ProxmoxHost readyHost(String name, String... more) {
    ProxmoxHost host = host(name, more);
    host.setStatus(
        new ProxmoxHostStatus(
            1L,
            List.of(condition("RelayAvailable", "True", NOW.minusSeconds(600))),
            "https://" + name + ".example.com",
            null,
            null,
            null,
            null));
    return host;
  }

  public static Condition condition(String type, String status, Instant since) {
    return new Condition(type, status, "Test", "for a test", 1L, Times.text(since));
  }

  /** A session of the host pve. */
  public static ConsoleSession session(String name, String... more) {
    String yaml =
        """
        apiVersion: pveconsole.io/v1alpha1
        kind: ConsoleSession
        metadata:
          name: %s
          namespace: %s
          uid: uid-of-%s
          generation: 1
          creationTimestamp: "2026-03-01T12:00:00Z"
        spec:
          hostRef: {name: pve}
          target: {vmid: 101}
          requestedBy: ada
        """
            .formatted(name, NAMESPACE, name);
    return read(yaml + indented(more), ConsoleSession.class);
  }

  public static ConsoleGrant with(ConsoleGrant grant, ConsoleGrantStatus status) {
    ConsoleGrant copy = copy(grant);
    copy.setStatus(status);
    return copy;
  }

  @SuppressWarnings("unchecked")
  public static <T extends HasMetadata> T copy(T object) {
    return (T) read(Serialization.asYaml(object), object.getClass());
  }

  private static <T> T read(String yaml, Class<T> type) {
    return Serialization.unmarshal(yaml, type);
  }

  private static String indented(String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append("  ").append(line).append('\n');
    }
    return text.toString();
  }
}
