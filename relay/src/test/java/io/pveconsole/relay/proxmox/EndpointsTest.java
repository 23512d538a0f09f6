// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  private static final ProxmoxEndpoint A = ProxmoxEndpoint.of("https://a:8006");
  private static final ProxmoxEndpoint B = ProxmoxEndpoint.of("https://b:8006");
  private static final ProxmoxEndpoint C = ProxmoxEndpoint.of("https://c:8006");

  private final MovableClock clock = new MovableClock();
  private final Endpoints endpoints = new Endpoints(List.of(A, B, C), clock);

  @Test
  void takesWorkingEndpointsInTurn() {
    assertThat(endpoints.order(100)).containsExactly(A, B, C);
    assertThat(endpoints.order(100)).containsExactly(B, C, A);
    assertThat(endpoints.order(100)).containsExactly(C, A, B);
  }

  @Test
  void prefersTheNodeOfTheGuest() {
    endpoints.isOnNode(C, "pve3");
    endpoints.seen(
        new Sighting(
            new InventoryEntry(
                new GuestRef(100, GuestType.QEMU, "pve3"), "web", GuestStatus.RUNNING, false),
            new GuestConfig(new GuestIdentity("qemu:uuid=a"), true, false, true),
            null));

    assertThat(endpoints.order(100)).first().isEqualTo(C);
    assertThat(endpoints.order(101)).first().isEqualTo(B);
    assertThat(endpoints.of("pve3")).contains(C);
    assertThat(endpoints.of("pve1")).isEmpty();
  }

  @Test
  void restsWhatFailsLongerEachTime() {
    endpoints.isOnNode(A, "pve1");
    endpoints.failed(A);
    assertThat(endpoints.order(100)).last().isEqualTo(A);
    assertThat(endpoints.of("pve1")).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    assertThat(endpoints.of("pve1")).contains(A);

    endpoints.failed(A);
    clock.advance(Duration.ofMillis(1500));
    assertThat(endpoints.of("pve1")).isEmpty();
    clock.advance(Duration.ofMillis(500));
    assertThat(endpoints.of("pve1")).contains(A);

    for (int i = 0; i < 40; i++) {
      endpoints.failed(A);
    }
    clock.advance(Duration.ofSeconds(64));
    assertThat(endpoints.of("pve1")).contains(A);
  }

  @Test
  void forgetsFailuresOfWhatWorks() {
    endpoints.failed(A);
    endpoints.works(A);

    assertThat(endpoints.order(100)).first().isEqualTo(A);
  }

  @Test
  void stillTriesAllWhenAllRest() {
    endpoints.failed(B);
    clock.advance(Duration.ofMillis(10));
    endpoints.failed(A);
    clock.advance(Duration.ofMillis(10));
    endpoints.failed(C);

    assertThat(endpoints.order(100)).containsExactly(B, A, C);
  }
}
