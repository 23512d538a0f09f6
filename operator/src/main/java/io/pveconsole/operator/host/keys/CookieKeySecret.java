// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.relay.RelayMetadata;
import io.pveconsole.operator.host.relay.RelayNames;
import io.pveconsole.operator.status.Owners;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The Secret with a host's cookie keys: asked for by name, never listed or watched. */
public final class CookieKeySecret {

  private final KubernetesClient client;
  private final Clock clock;
  private final RandomGenerator random;
  private final ObjectMapper json = new ObjectMapper();

  /** Works with the random source given, which must be a secure one. */
  public CookieKeySecret(KubernetesClient client, Clock clock, RandomGenerator random) {
    this.client = client;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes it once, and rotates it.
   *
   * @param loaded newest key of each relay pod
   * @return false when a Secret of that name belongs to somebody else
   */
  public boolean ensure(ProxmoxHost host, Collection<String> loaded) {
    Instant now = clock.instant();
    var secrets = client.secrets().inNamespace(host.getMetadata().getNamespace());
    Secret existing = secrets.withName(RelayNames.keysSecret(host)).get();
    if (existing == null) {
      secrets.resource(secret(host, CookieKeys.first(random, now))).create();
      return true;
    }
    if (!Owners.owns(host, existing)) {
      return false;
    }
    CookieKeys before = read(existing);
    CookieKeys after = before == null ? CookieKeys.first(random, now) : rotate(before, loaded, now);
    if (!after.equals(before)) {
      Secret changed = existing.edit().withData(data(after)).build();
      secrets.resource(changed).update();
    }
    return true;
  }

  private CookieKeys rotate(CookieKeys keys, Collection<String> loaded, Instant now) {
    return keys.rotated(loaded, random, now);
  }

  private Secret secret(ProxmoxHost host, CookieKeys keys) {
    return new SecretBuilder()
        .withMetadata(RelayMetadata.of(host, RelayNames.keysSecret(host)))
        .withType("Opaque")
        .withData(data(keys))
        .build();
  }

  private Map<String, String> data(CookieKeys keys) {
    Map<String, String> data = new TreeMap<>();
    put(data, "previous", keys.previous());
    put(data, "current", keys.current());
    put(data, "next", keys.next());
    return data;
  }

  private void put(Map<String, String> data, String slot, @Nullable CookieKey key) {
    if (key == null) {
      return;
    }
    try {
      data.put(slot, Base64.getEncoder().encodeToString(json.writeValueAsBytes(key)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of strings has a JSON form", e);
    }
  }

  /** Null when the Secret holds no usable current key: somebody broke it, so it is made anew. */
  private @Nullable CookieKeys read(Secret secret) {
    CookieKey current = slot(secret, "current");
    return current == null
        ? null
        : new CookieKeys(slot(secret, "previous"), current, slot(secret, "next"));
  }

  private @Nullable CookieKey slot(Secret secret, String name) {
    String encoded = secret.getData() == null ? null : secret.getData().get(name);
    if (encoded == null) {
      return null;
    }
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      CookieKey key = json.readValue(text, CookieKey.class);
      return key.kid() == null || key.key() == null || key.notBefore() == null ? null : key;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return null;
    }
  }
}
