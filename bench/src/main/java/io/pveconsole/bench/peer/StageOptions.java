// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be put up.
 *
 * @param directory where all files go
 * @param proxmox address of its API
 * @param proxmoxCa in PEM
 * @param token {@code USER@REALM!NAME=SECRET} of Proxmox
 * @param certificate with its key what the relay and the API server show, on 127.0.0.1
 * @param port the relay's public one
 * @param managementPort the relay's own
 * @param lists the sessions
 */
public record StageOptions(
    Path directory,
    String proxmox,
    Path proxmoxCa,
    String token,
    Path certificate,
    Path key,
    int port,
    int managementPort,
    List<TargetList> lists) {

  private static final int MANAGEMENT = 50;

  /** From the variables that a harness gives to its peers, and some of our own. */
  static StageOptions from(Path directory, Map<String, String> environment) {
    Path certificates = Path.of(given(environment, "CERTS"));
    int port = Integer.parseInt(given(environment, "PORT"));
    return new StageOptions(
        directory,
        given(environment, "SIM_URL"),
        certificates.resolve("ca.pem"),
        given(environment, "PVE_TOKEN"),
        certificates.resolve("front.pem"),
        certificates.resolve("front.key"),
        port,
        port + MANAGEMENT,
        TargetList.parseAll(given(environment, "PEER_TARGETS")));
  }

  private static String given(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }

  /** Where a browser sees the relay. */
  String origin() {
    return "https://127.0.0.1:" + port;
  }
}
