// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.operator.host.status.PublicAddress;
import io.pveconsole.operator.testing.Samples;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressClaimsTest {

  private static final String ROUTED =
      """
      type: Ingress
      hostname: consoles.example.com
      path: %s
      """;

  /** Behind another proxy, which people see. */
  private static final String BEHIND =
      """
      type: Ingress
      hostname: consoles.example.com
      publicUrl: https://x.example.com
      """;

  private static ProxmoxHost host(String namespace, String exposure, int day) {
    ProxmoxHost host = Samples.withExposure(Samples.host(namespace + day), exposure);
    host.getMetadata().setNamespace(namespace);
    host.getMetadata().setCreationTimestamp("2026-03-0" + day + "T10:00:00Z");
    return host;
  }

  private static ProxmoxHost serving(ProxmoxHost host) {
    host.setStatus(
        new ProxmoxHostStatus(
            1L, null, PublicAddress.of(host).orElseThrow(), null, null, null, null));
    return host;
  }

  private static boolean refused(ProxmoxHost host, ProxmoxHost other) {
    return AddressClaims.holder(host, Stream.of(host, other)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /, true, true",
    "/pve7, /pve7, true, true",
    "/pve7, /pve7/c, false, true",
    "/pve7/c, /pve7, false, true",
    "/, /c, false, true",
    "/pve7, /pve70, false, false",
    "/pve7, /pve8, false, false"
  })
  void aPathBelowThatOfAnotherNamespaceIsTaken(
      String older, String newer, boolean within, boolean across) {
    ProxmoxHost first = host("ours", ROUTED.formatted(older), 1);
    assertThat(refused(host("ours", ROUTED.formatted(newer), 2), first)).isEqualTo(within);
    assertThat(refused(host("theirs", ROUTED.formatted(newer), 2), first)).isEqualTo(across);
    assertThat(refused(first, host("theirs", ROUTED.formatted(newer), 2))).isFalse();
  }

  @Test
  void theNameOfTheRouteIsClaimedToo() {
    ProxmoxHost first = host("ours", ROUTED.formatted("/"), 1);
    assertThat(refused(host("theirs", BEHIND, 2), first)).isTrue();
    assertThat(refused(host("theirs", "publicUrl: https://consoles.example.com", 2), first))
        .isTrue();
    assertThat(refused(host("theirs", "publicUrl: https://x.example.com", 2), first)).isFalse();
  }

  @Test
  void whoServesAnAddressKeepsItWhenAnOlderHostComes() {
    ProxmoxHost served = serving(host("ours", ROUTED.formatted("/"), 2));
    ProxmoxHost older = host("theirs", ROUTED.formatted("/"), 1);
    assertThat(refused(served, older)).isFalse();
    assertThat(refused(older, served)).isTrue();
    ProxmoxHost moved = serving(host("theirs", "publicUrl: https://x.example.com", 1));
    ProxmoxHost comes = Samples.withExposure(moved, ROUTED.formatted("/"));
    comes.setStatus(moved.getStatus());
    assertThat(refused(served, comes)).isFalse();
    assertThat(refused(comes, served)).isTrue();
    ProxmoxHost hidden = Samples.withExposure(moved, BEHIND);
    hidden.setStatus(moved.getStatus());
    assertThat(refused(hidden, served)).as("its publicUrl is as before").isTrue();
  }
}
