// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.web.CallLimits.Rate;
import io.pveconsole.relay.web.ClientAddress.Source;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who shares a limit with whom. */
class CallLimitsTest {

  private static final ClientAddress PEER = new ClientAddress("10.0.0.1", Source.PEER);

  private final AtomicLong time = new AtomicLong();
  private final CallLimits limits =
      new CallLimits(
          new CallLimits.Rates(new Rate(1, 2), new Rate(1, 3), new Rate(10, 8)), time::get);

  private static ClientAddress named(String address) {
    return new ClientAddress(address, Source.PROXY);
  }

  private int allowed(String session, ClientAddress address, int tries) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += limits.allowStranger(session, address) ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void whereNoProxyIsTrustedEachSessionHasItsShare() {
    assertThat(allowed("a", PEER, 5)).isEqualTo(3);
    assertThat(allowed("b", PEER, 5)).isEqualTo(3);
  }

  @Test
  void whereOneIsTrustedEachAddressHasItsShareWhateverSessionsItTries() {
    assertThat(allowed("a", named("192.0.2.1"), 2) + allowed("b", named("192.0.2.1"), 2))
        .isEqualTo(3);
    assertThat(allowed("a", named("192.0.2.2"), 1)).isEqualTo(1);
  }

  @Test
  void allStrangersTogetherHaveALimit() {
    int allowed = 0;
    for (int i = 0; i < 50; i++) {
      allowed += allowed("session-" + i, PEER, 1);
    }
    assertThat(allowed).isEqualTo(8);
    time.addAndGet(500_000_000);
    assertThat(allowed("another", PEER, 1)).isEqualTo(1);
  }

  @Test
  void holdersAreNotSlowedDownByStrangers() {
    allowed("a", PEER, 50);
    for (int i = 0; i < 50; i++) {
      allowed("session-" + i, PEER, 1);
    }

    assertThat(limits.allowHolder("a")).isTrue();
    assertThat(limits.allowHolder("a")).isTrue();
    assertThat(limits.allowHolder("a")).isFalse();
    time.addAndGet(1_000_000_000);
    assertThat(limits.allowHolder("a")).isTrue();
  }

  @Test
  void theRealRatesAreThese() {
    assertThat(CallLimits.Rates.DEFAULT)
        .isEqualTo(new CallLimits.Rates(new Rate(20, 200), new Rate(2, 20), new Rate(100, 500)));
  }

  @Test
  void whatIsRememberedIsBounded() {
    RateLimits many = new RateLimits(1, 1, time::get);
    for (int i = 0; i < 100_000; i++) {
      many.allow("key-" + i);
    }
    assertThat(many.size()).isEqualTo(2048);
  }
}
