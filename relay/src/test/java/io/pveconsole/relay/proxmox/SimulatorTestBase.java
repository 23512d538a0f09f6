// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.pveconsole.relay.proxmox.transport.WatchingTransport;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.SimulatorConfig;
import io.pveconsole.simulator.Timings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulated cluster whose clock is moved by hand and whose refusals come quickly. */
abstract class SimulatorTestBase {

  final MovableClock clock = new MovableClock();
  Vertx vertx = WatchingTransport.vertx(new VertxOptions());
  ProxmoxSimulator simulator =
      ProxmoxSimulator.start(
          SimulatorConfig.builder()
              .clock(clock)
              .timings(Timings.proxmox().withUnauthorizedDelay(Duration.ofMillis(50)))
              .build());

  @BeforeEach
  void quiet() {
    simulator.faults().clear();
  }

  @AfterEach
  void stop() {
    Await.value(vertx.close());
    simulator.close();
  }

  ProxmoxClient client(ProxmoxSettings settings) {
    return ProxmoxClient.create(vertx, settings, clock, TlsEngine.best());
  }

  ProxmoxSettings byToken() {
    return Clusters.settings(simulator, Clusters.ca(simulator), Clusters.token(simulator));
  }

  ProxmoxSettings byPassword() {
    return Clusters.settings(simulator, Clusters.ca(simulator), Clusters.user(simulator));
  }

  ProxmoxSettings as(String username) {
    return as(new Credentials.UserPassword(username, Secret.of(simulator.password())));
  }

  ProxmoxSettings as(Credentials credentials) {
    return Clusters.settings(simulator, Clusters.ca(simulator), credentials);
  }

  ProxmoxSettings onNode(ProxmoxSettings settings, String node) {
    return Clusters.only(settings, simulator.endpoint(node).url());
  }

  TestConsole open(ProxmoxClient client, int vmid) {
    return Await.value(TestConsole.of(vertx, () -> client.openVnc(vmid, null, StepListener.NONE)));
  }

  ProxmoxFailure refused(ProxmoxClient client, int vmid) {
    return Await.failure(client.openVnc(vmid, null, StepListener.NONE));
  }
}
