// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class TurnstilesTest {

  private final Turnstiles<Integer> gates = new Turnstiles<>(1, 2, "a test");

  @Test
  void letsInOneAfterAnotherPerKey() {
    Turnstiles<Integer>.Turn first = gates.enter(1).result();
    Future<Turnstiles<Integer>.Turn> second = gates.enter(1);
    Future<Turnstiles<Integer>.Turn> third = gates.enter(1);

    assertThat(gates.enter(2).succeeded()).isTrue();
    assertThat(second.isComplete()).isFalse();

    first.leave();
    first.leave();

    assertThat(second.succeeded()).isTrue();
    assertThat(third.isComplete()).isFalse();
    second.result().leave();
    assertThat(third.succeeded()).isTrue();
    third.result().leave();
    assertThat(gates.enter(1).succeeded()).isTrue();
  }

  @Test
  void refusesWhenTooManyWait() {
    gates.enter(1);
    gates.enter(1);
    gates.enter(1);

    assertThat(Await.failure(gates.enter(1))).isInstanceOf(ServiceFailure.Busy.class);
  }
}
