// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.Widgets;
import io.pveconsole.sandbox.process.Ports;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostExposureTest {

  private final PublicAddresses addresses = new PublicAddresses(new Ports(), "http", null);
  private final HostExposure exposure = new HostExposure(addresses, Optional.empty());

  @Test
  void aHostWithoutExposureGetsAnAddressOfItsOwn() {
    GenericKubernetesResource one =
        exposure.completed(Widgets.host("one", Map.of("suspend", true)));
    GenericKubernetesResource two =
        exposure.completed(Widgets.host("two", Map.of("suspend", true)));
    String first = one.get("spec", "exposure", "publicUrl");
    assertThat(first).matches("http://localhost:\\d+");
    assertThat(two.<String>get("spec", "exposure", "publicUrl")).isNotEqualTo(first);
    assertThat(one.<String>get("spec", "exposure", "type")).isEqualTo("None");
    assertThat(one.<Boolean>get("spec", "suspend")).isTrue();
    assertThat(one.<Integer>get("spec", "relay", "replicas")).isEqualTo(1);
  }

  @Test
  void theSameHostKeepsItsAddress() {
    GenericKubernetesResource host = Widgets.host("one", Map.of("suspend", true));
    assertThat(exposure.completed(host)).isEqualTo(exposure.completed(host));
  }

  @Test
  void anAddressOfTheManifestIsKept() {
    GenericKubernetesResource host =
        Widgets.host(
            "one", Map.of("exposure", Map.of("type", "None", "publicUrl", "http://localhost:9")));
    assertThat(exposure.completed(host)).isSameAs(host);
    assertThat(exposure.isIncomplete(host)).isFalse();
  }

  @Test
  void anotherTypeIsRefusedWithTheCure() {
    GenericKubernetesResource host =
        Widgets.host("one", Map.of("exposure", Map.of("type", "Ingress", "hostname", "x.example")));
    assertThatThrownBy(() -> exposure.completed(host))
        .hasMessageContaining("default/one")
        .hasMessageContaining("Ingress")
        .isInstanceOfSatisfying(
            SandboxException.class, e -> assertThat(e.cure()).contains("Remove spec.exposure"));
  }

  @Test
  void onlyTheAdditionIsAppliedToAHostOfSomeoneElse() {
    GenericKubernetesResource host = Widgets.host("one", Map.of("suspend", true));
    host.getMetadata().setResourceVersion("5");
    GenericKubernetesResource addition = exposure.addition(host);
    assertThat(addition.<Object>get("spec", "suspend")).isNull();
    assertThat(addition.<String>get("spec", "exposure", "publicUrl"))
        .startsWith("http://localhost:");
    assertThat(addition.getMetadata().getResourceVersion()).isNull();
  }

  @Test
  void httpsNamesTheCertificate() {
    HostExposure https =
        new HostExposure(
            new PublicAddresses(new Ports(), "https", null), Optional.of(LocalCertificate.SECRET));
    GenericKubernetesResource host = https.completed(Widgets.host("one", Map.of("suspend", true)));
    assertThat(host.<String>get("spec", "exposure", "publicUrl")).startsWith("https://localhost:");
    assertThat(host.<String>get("spec", "exposure", "tls", "secretName")).isEqualTo("sandbox-tls");
  }
}
