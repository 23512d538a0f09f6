// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnstilesTest {

  private final Turnstiles<Integer> gates = new Turnstiles<>(1, 2, "a test");

  private static boolean inside(Turnstiles<Integer>.Place place) {
    return place.turn().succeeded();
  }

  @Test
  void letsInOneAfterAnotherPerKey() {
    Turnstiles<Integer>.Turn first = gates.enter(1).turn().result();
    Turnstiles<Integer>.Place second = gates.enter(1);
    Turnstiles<Integer>.Place third = gates.enter(1);

    assertThat(inside(gates.enter(2))).isTrue();
    assertThat(inside(second)).isFalse();

    first.leave();
    first.leave();

    assertThat(inside(second)).isTrue();
    assertThat(inside(third)).isFalse();
    second.turn().result().leave();
    assertThat(inside(third)).isTrue();
    third.turn().result().leave();
    assertThat(inside(gates.enter(1))).isTrue();
  }

  @Test
  void refusesWhenTooManyWait() {
    gates.enter(1);
    gates.enter(1);
    gates.enter(1);

    assertThat(Await.failure(gates.enter(1).turn())).isInstanceOf(ServiceFailure.Busy.class);
  }

  @Test
  void countsWhoComesBefore() {
    Turnstiles<Integer>.Place first = gates.enter(1);
    Turnstiles<Integer>.Place second = gates.enter(1);
    Turnstiles<Integer>.Place third = gates.enter(1);
    assertThat(first.position()).isZero();
    assertThat(second.position()).isEqualTo(1);
    assertThat(third.position()).isEqualTo(2);

    first.turn().result().leave();

    assertThat(second.position()).isZero();
    assertThat(third.position()).isEqualTo(1);
  }

  @Test
  void givesThePlaceOfWhoeverLeavesToTheNextAtOnce() {
    Turnstiles<Integer>.Place first = gates.enter(1);
    Turnstiles<Integer>.Place second = gates.enter(1);
    Turnstiles<Integer>.Place third = gates.enter(1);

    second.giveUp(new ServiceFailure.Closed());

    assertThat(Await.failure(second.turn())).isInstanceOf(ServiceFailure.Closed.class);
    assertThat(third.position()).isEqualTo(1);
    assertThat(gates.enter(1).position()).isEqualTo(2);
    first.turn().result().leave();
    assertThat(inside(third)).isTrue();
  }

  @Test
  void takesBackATurnThatCameToWhoeverHasLeft() {
    Turnstiles<Integer>.Place first = gates.enter(1);

    first.giveUp(new ServiceFailure.Closed());

    assertThat(inside(gates.enter(1))).isTrue();
  }
}
