// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameResolverTest {

  private final Vertx vertx = Vertx.vertx();
  private final NameResolver resolver = NameResolver.system(vertx);

  @AfterEach
  void stop() {
    Await.value(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "::1"})
  void anAddressIsNotAskedFor(String address) throws UnknownHostException {
    Future<List<InetAddress>> resolved = resolver.resolve(address);

    assertThat(resolved.succeeded()).isTrue();
    assertThat(resolved.result()).containsExactly(InetAddress.getByName(address));
  }

  @Test
  void aNameIs() {
    assertThat(Await.value(resolver.resolve("localhost")))
        .isNotEmpty()
        .allMatch(InetAddress::isLoopbackAddress);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.such.name.invalid", "fe80::1%nosuch0", "999.1.1.1"})
  void whatIsNoneFails(String host) {
    assertThatThrownBy(() -> Await.value(resolver.resolve(host)))
        .hasRootCauseInstanceOf(UnknownHostException.class);
  }
}
