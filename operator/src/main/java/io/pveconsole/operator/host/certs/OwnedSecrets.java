// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.certs;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.relay.RelayMetadata;
import io.pveconsole.operator.status.Owners;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Secrets of a host, asked for by name; they are never listed, watched or applied. */
final class OwnedSecrets {

  /** Says that nobody but the operator vouches for the certificate. */
  static final String SELF_SIGNED = "pveconsole.io/self-signed";

  private final KubernetesClient client;

  OwnedSecrets(KubernetesClient client) {
    this.client = client;
  }

  @Nullable Secret get(ProxmoxHost host, String name) {
    return client.secrets().inNamespace(host.getMetadata().getNamespace()).withName(name).get();
  }

  /** Makes it, or replaces what the one that is there holds. */
  void write(
      ProxmoxHost host,
      String name,
      String type,
      @Nullable Secret existing,
      Map<String, String> text) {
    Map<String, String> data = new TreeMap<>();
    text.forEach(
        (key, value) ->
            data.put(
                key,
                Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII))));
    if (existing != null) {
      client.resource(existing.edit().withData(data).build()).update();
      return;
    }
    ObjectMeta metadata = RelayMetadata.of(host, name);
    metadata.setAnnotations(Map.of(SELF_SIGNED, "true"));
    client
        .resource(new SecretBuilder().withMetadata(metadata).withType(type).withData(data).build())
        .create();
  }

  /** Deletes it where the operator made it. */
  void withdraw(ProxmoxHost host, String name) {
    Secret found = get(host, name);
    if (found != null && Owners.owns(host, found) && isSelfSigned(found)) {
      client.resource(found).delete();
    }
  }

  static String text(@Nullable Secret secret, String key) {
    String value = secret == null || secret.getData() == null ? null : secret.getData().get(key);
    try {
      byte[] bytes = Base64.getDecoder().decode(Objects.requireNonNullElse(value, ""));
      return new String(bytes, StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isSelfSigned(Secret secret) {
    var annotations = secret.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(SELF_SIGNED);
  }
}
