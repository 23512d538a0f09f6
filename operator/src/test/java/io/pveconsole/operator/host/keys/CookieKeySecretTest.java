// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.testing.MockCluster;
import io.pveconsole.operator.testing.Samples;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CookieKeySecretTest {

  private final MockCluster cluster = new MockCluster();
  private final ProxmoxHost host = Samples.host("pve");
  private final CookieKeySecret secret =
      new CookieKeySecret(
          cluster.client(), Clock.fixed(Samples.NOW, ZoneOffset.UTC), new SecureRandom());

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Secret stored() {
    return cluster
        .client()
        .secrets()
        .inNamespace(Samples.NAMESPACE)
        .withName("pve-relay-keys")
        .get();
  }

  @Test
  void isMadeOnce() {
    assertThat(secret.ensure(host, List.of())).isTrue();
    Secret made = stored();
    assertThat(made.getData()).containsOnlyKeys("current");
    List<String> writes = cluster.writes();
    assertThat(secret.ensure(host, List.of())).isTrue();
    assertThat(cluster.writes()).isEqualTo(writes);
    assertThat(stored().getData()).isEqualTo(made.getData());
  }

  @Test
  void aBrokenOneIsMadeAnew() {
    secret.ensure(host, List.of());
    Secret broken = stored().edit().withData(Map.of("current", "bm8=")).build();
    cluster.client().resource(broken).update();
    assertThat(secret.ensure(host, List.of())).isTrue();
    assertThat(stored().getData().get("current")).isNotEqualTo("bm8=");
  }

  @Test
  void oneOfSomebodyElseIsLeftAlone() {
    cluster.create(
        new SecretBuilder()
            .withNewMetadata()
            .withName("pve-relay-keys")
            .withNamespace(Samples.NAMESPACE)
            .endMetadata()
            .withData(Map.of("password", "eA=="))
            .build());
    assertThat(secret.ensure(host, List.of())).isFalse();
    assertThat(stored().getData()).isEqualTo(Map.of("password", "eA=="));
  }
}
