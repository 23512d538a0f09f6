// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.Kinds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox asks of a host's exposure: type None with an address on this machine, given here
 * where the manifest names none.
 */
public final class HostExposure {

  private final PublicAddresses addresses;
  private final Optional<String> tlsSecret;

  /**
   * For hosts of one sandbox.
   *
   * @param tlsSecret name of the Secret with the certificate for localhost, where https is wanted
   */
  public HostExposure(PublicAddresses addresses, Optional<String> tlsSecret) {
    this.addresses = addresses;
    this.tlsSecret = tlsSecret;
  }

  /** Whether the host lacks what {@link #completed} adds. */
  public boolean isIncomplete(GenericKubernetesResource host) {
    checkType(host);
    return Kinds.text(host, "spec", "exposure", "publicUrl").isEmpty();
  }

  /** The host with an address, and with one relay where it names no number. */
  public GenericKubernetesResource completed(GenericKubernetesResource host) {
    if (!isIncomplete(host)) {
      return host;
    }
    Map<String, Object> spec = copy(host.get("spec"));
    Map<String, Object> exposure = copy(spec.get("exposure"));
    exposure.put("type", "None");
    exposure.put("publicUrl", addresses.of(name(host)));
    tlsSecret.ifPresent(
        secret -> exposure.computeIfAbsent("tls", key -> Map.of("secretName", secret)));
    spec.put("exposure", exposure);
    Map<String, Object> relay = copy(spec.get("relay"));
    relay.putIfAbsent("replicas", 1);
    spec.put("relay", relay);
    return with(host, spec);
  }

  /** Only the fields to add to a host that came another way, to be applied beside its author's. */
  public GenericKubernetesResource addition(GenericKubernetesResource host) {
    GenericKubernetesResource bare = with(host, Map.of());
    bare.setMetadata(
        new ObjectMetaBuilder()
            .withName(host.getMetadata().getName())
            .withNamespace(host.getMetadata().getNamespace())
            .build());
    return completed(bare);
  }

  private static void checkType(GenericKubernetesResource host) {
    String type = Kinds.text(host, "spec", "exposure", "type").orElse("None");
    if (!type.equals("None")) {
      throw new SandboxException(
          "ProxmoxHost " + name(host) + " has exposure type " + type + ", which needs a cluster.",
          "Remove spec.exposure: the sandbox then serves the host on localhost.");
    }
  }

  private static GenericKubernetesResource with(
      GenericKubernetesResource host, Map<String, Object> spec) {
    GenericKubernetesResource changed = new GenericKubernetesResource();
    changed.setApiVersion(Kinds.API_VERSION);
    changed.setKind("ProxmoxHost");
    changed.setMetadata(host.getMetadata());
    changed.setAdditionalProperty("spec", spec);
    return changed;
  }

  private static Map<String, Object> copy(@Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> copy.put(String.valueOf(key), entry));
    }
    return copy;
  }

  static String name(GenericKubernetesResource host) {
    return host.getMetadata().getNamespace() + "/" + host.getMetadata().getName();
  }
}
