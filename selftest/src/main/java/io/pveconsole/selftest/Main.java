// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.selftest;

import io.pveconsole.simulator.NodeSpec;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.SimulatorConfig;
import java.net.InetAddress;
import java.util.List;

/** Runs in a pod of {@code helm test}; POD_IP is its address. Ends with 1 when no console opens. */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    String address = System.getenv("POD_IP");
    if (address == null || address.isEmpty()) {
      throw new IllegalStateException("POD_IP is not set");
    }
    SimulatorConfig config =
        SimulatorConfig.builder()
            .bind(InetAddress.getByName(address))
            .nodes(List.of(new NodeSpec("pve1", 8006)))
            .build();
    try (ProxmoxSimulator proxmox = ProxmoxSimulator.start(config)) {
      new SelfTest(KubeApi.ofThisPod(), proxmox, address, System.out).run();
    }
    System.exit(0);
  }
}
