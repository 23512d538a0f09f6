// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A simulator for one test, with short penalties and a clock of its own. */
final class Cluster implements AfterEachCallback {
  final TestClock clock = new TestClock();
  private final UnaryOperator<SimulatorConfig.Builder> changes;
  private ProxmoxSimulator simulator;

  Cluster() {
    this(b -> b);
  }

  Cluster(UnaryOperator<SimulatorConfig.Builder> changes) {
    this.changes = changes;
  }

  static Timings quick() {
    return Timings.proxmox().withUnauthorizedDelay(Duration.ofMillis(50));
  }

  ProxmoxSimulator get() {
    if (simulator == null) {
      simulator =
          ProxmoxSimulator.start(
              changes.apply(SimulatorConfig.builder().clock(clock).timings(quick())).build());
    }
    return simulator;
  }

  Http http() {
    return new Http(get());
  }

  Http token() {
    return http().withToken();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (simulator != null) {
      simulator.close();
    }
  }
}
