// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults that concern whole connections or the login. */
class FaultsTest {
  @RegisterExtension final Cluster cluster = new Cluster();

  private Faults faults() {
    return cluster.get().faults();
  }

  @Test
  void refusesConnectionsOnOneNode() throws Exception {
    String url = cluster.get().endpoint("pve1").url();
    faults().on(Fault.REFUSE_CONNECTIONS, new Faults.Setting("pve1", "", -1));
    assertThatThrownBy(() -> cluster.http().connectPlain()).isInstanceOf(ConnectException.class);
    assertThat(cluster.token().on("pve2").get("version").status()).isEqualTo(200);
    faults().off(Fault.REFUSE_CONNECTIONS);
    assertThat(cluster.token().get("version").status()).isEqualTo(200);
    assertThat(cluster.get().endpoint("pve1").url()).isEqualTo(url);
  }

  @Test
  void deniesConnectionsBeforeTls() {
    faults().on(Fault.DENY_CONNECTIONS, new Faults.Setting("", "", 1));
    assertThatThrownBy(() -> cluster.http().connect()).isInstanceOf(IOException.class);
    assertThat(faults().active()).isEmpty();
  }

  @Test
  void hangsAfterTls() throws Exception {
    faults().on(Fault.HANG_AFTER_TLS);
    try (var socket = cluster.http().connect()) {
      socket.setSoTimeout(200);
      socket.getOutputStream().write("GET /api2/json/version HTTP/1.1\r\n\r\n".getBytes());
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void slowsVncproxyDown() throws Exception {
    faults().on(Fault.SLOW_VNCPROXY, "500");
    long start = System.nanoTime();
    cluster.token().post("nodes/pve1/qemu/100/vncproxy", Map.of("websocket", "1"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(490));
  }

  @Test
  void endsAllTicketsAtOnce() throws Exception {
    Http http = cluster.http().loggedIn("relay@pve");
    assertThat(http.get("version").status()).isEqualTo(200);
    faults().on(Fault.TICKET_EXPIRED_NOW);
    assertThat(http.get("version").status()).isEqualTo(401);
    assertThat(cluster.http().loggedIn("relay@pve").get("version").status()).isEqualTo(200);
  }

  @Test
  void strikesAsOftenAsTold() {
    faults().on(Fault.TASK_TIMEOUTS, new Faults.Setting("", "", 2));
    assertThat(faults().strike(Fault.TASK_TIMEOUTS, "pve1")).isPresent();
    assertThat(faults().strike(Fault.TASK_TIMEOUTS, "pve2")).isPresent();
    assertThat(faults().strike(Fault.TASK_TIMEOUTS, "pve1")).isEmpty();
    faults().on(Fault.DEAD_PORT);
    faults().clear();
    assertThat(faults().active()).isEmpty();
  }
}
