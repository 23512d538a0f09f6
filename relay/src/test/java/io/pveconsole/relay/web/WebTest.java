// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses and limits. */
class WebTest {

  private static final List<Cidr> TRUSTED =
      List.of(Cidr.parse("10.0.0.0/8").orElseThrow(), Cidr.parse("2001:db8::/32").orElseThrow());

  @ParameterizedTest
  @CsvSource({
    "198.51.100.7,203.0.113.9,198.51.100.7,PEER_DESPITE_HEADER",
    "10.0.0.1,203.0.113.9,203.0.113.9,PROXY",
    "10.0.0.1,'6.6.6.6, 203.0.113.9',203.0.113.9,PROXY",
    "10.0.0.1,'203.0.113.9, 10.0.0.2',203.0.113.9,PROXY",
    "10.0.0.1,'203.0.113.9,,10.0.0.2',10.0.0.1,PEER_DESPITE_HEADER",
    "10.0.0.1,'203.0.113.9, evil',10.0.0.1,PEER_DESPITE_HEADER",
    "10.0.0.1,'evil, 203.0.113.9',203.0.113.9,PROXY",
    "10.0.0.1,'203.0.113.9, evil, 10.0.0.2',10.0.0.1,PEER_DESPITE_HEADER",
    "10.0.0.1,'10.0.0.3, 10.0.0.2',10.0.0.3,PROXY",
    "10.0.0.1,2001:db8::5,2001:db8:0:0:0:0:0:5,PROXY",
    "10.0.0.1,[2001:db8::5]:4711,2001:db8:0:0:0:0:0:5,PROXY",
    "10.0.0.1,[2001:db8::5]x,10.0.0.1,PEER_DESPITE_HEADER",
    "10.0.0.1,203.0.113.9:4711,203.0.113.9,PROXY",
    "10.0.0.1,203.0.113.9:x,10.0.0.1,PEER_DESPITE_HEADER",
    "10.0.0.1,::ffff:203.0.113.9,203.0.113.9,PROXY",
    "::ffff:10.0.0.1,203.0.113.9,203.0.113.9,PROXY",
    "2001:db8:f::1,203.0.113.9,203.0.113.9,PROXY",
    "2001:db9::1,203.0.113.9,2001:db9:0:0:0:0:0:1,PEER_DESPITE_HEADER",
    "10.0.0.1,999.1.1.1,10.0.0.1,PEER_DESPITE_HEADER",
    "10.0.0.1,localhost,10.0.0.1,PEER_DESPITE_HEADER",
    "10.0.0.1,'',10.0.0.1,PEER_DESPITE_HEADER"
  })
  void believesNamedProxiesOnly(
      String peer, String forwarded, String expected, ClientAddress.Source source) {
    assertThat(ClientAddress.of(peer, List.of(forwarded), TRUSTED))
        .isEqualTo(new ClientAddress(expected, source));
  }

  @Test
  void joinsTheLinesOfTheHeader() {
    assertThat(ClientAddress.of("10.0.0.1", List.of("6.6.6.6", "203.0.113.9", "10.0.0.2"), TRUSTED))
        .isEqualTo(new ClientAddress("203.0.113.9", ClientAddress.Source.PROXY));
    assertThat(ClientAddress.of("10.0.0.1", List.of(), TRUSTED))
        .isEqualTo(new ClientAddress("10.0.0.1", ClientAddress.Source.PEER));
  }

  @Test
  void aLongHeaderCostsLittle() {
    String long1 = "10.0.0.2,".repeat(1800) + ":".repeat(100);
    assertThat(ClientAddress.of("10.0.0.1", List.of(long1), TRUSTED).text()).isEqualTo("10.0.0.1");
  }

  @Test
  void readsNetworks() throws Exception {
    assertThat(Cidr.parse("10.0.0.0/33")).isEmpty();
    assertThat(Cidr.parse("console.example.com/8")).isEmpty();
    assertThat(Cidr.parse("10.0.0.0")).isEmpty();
    assertThat(Cidr.parse("10.0.0.0/x")).isEmpty();
    Cidr six = Cidr.parse("2001:db8::/33").orElseThrow();
    assertThat(six.contains(InetAddress.getByName("2001:db8:7fff::1"))).isTrue();
    assertThat(six.contains(InetAddress.getByName("2001:db8:8000::1"))).isFalse();
    assertThat(six.contains(InetAddress.getByName("10.0.0.1"))).isFalse();
  }

  @Test
  void limitsAKeyAndLetsItGoOnSoon() {
    AtomicLong time = new AtomicLong();
    RateLimits limits = new RateLimits(2, 3, time::get);

    assertThat(List.of(limits.allow("a"), limits.allow("a"), limits.allow("a"))).containsOnly(true);
    assertThat(limits.allow("a")).isFalse();
    assertThat(limits.allow("b")).isTrue();
    time.addAndGet(600_000_000);
    assertThat(limits.allow("a")).isTrue();
    assertThat(limits.allow("a")).isFalse();
  }
}
