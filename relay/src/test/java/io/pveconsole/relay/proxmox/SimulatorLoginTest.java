// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.simulator.auth.Accounts;
import io.pveconsole.simulator.fault.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The life of a login ticket. */
class SimulatorLoginTest extends SimulatorTestBase {

  @Test
  void renewsByTheTicketAndFallsBackToThePassword() {
    ProxmoxClient client = client(byPassword());
    Await.value(client.findGuest(100));
    changePassword("another");

    clock.advance(Duration.ofMinutes(61));
    assertThat(Await.value(client.findGuest(100)).name()).isEqualTo("web-1");
    clock.advance(Duration.ofMinutes(61));
    assertThat(Await.value(client.findGuest(100)).name()).isEqualTo("web-1");

    clock.advance(Duration.ofMinutes(121));
    assertThat(Await.failure(client.findGuest(100))).isInstanceOf(AccessFailure.LoginRefused.class);

    changePassword(simulator.password());
    assertThat(Await.failure(client.findGuest(100)))
        .as("a refusal is believed for some seconds")
        .isInstanceOf(AccessFailure.LoginRefused.class);
    clock.advance(Duration.ofSeconds(11));
    assertThat(Await.value(client.findGuest(100)).name()).isEqualTo("web-1");
  }

  @Test
  void logsInAnewWhenATicketIsRefused() {
    ProxmoxClient client = client(byPassword());
    Await.value(client.findGuest(100));

    simulator.faults().on(Fault.TICKET_EXPIRED_NOW);

    assertThat(open(client, 100).read(12).toString()).startsWith("RFB");
  }

  @Test
  void servesManyAtOnce() {
    ProxmoxClient client = client(byPassword());

    Await.value(Future.all(IntStream.range(0, 24).mapToObj(i -> client.findGuest(100)).toList()));
  }

  private void changePassword(String password) {
    simulator.accounts().put(new Accounts.User(simulator.username(), password, true, null));
  }
}
