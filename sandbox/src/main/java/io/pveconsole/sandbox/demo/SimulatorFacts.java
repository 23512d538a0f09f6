// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** What the simulator writes into {@code simulator.json} when it is ready. */
@JsonIgnoreProperties(ignoreUnknown = true)
record SimulatorFacts(
    List<Endpoint> endpoints,
    String caFile,
    String tokenId,
    String tokenSecret,
    List<Guest> guests) {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Endpoint(String node, String url) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Guest(int vmid, String name, String type, String status) {}

  /** The first virtual machine that runs. */
  int firstRunning() {
    return guests.stream()
        .filter(guest -> guest.status().equals("running") && guest.type().equals("qemu"))
        .mapToInt(Guest::vmid)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "SimulatorFacts" + endpoints;
  }
}
