// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.pveconsole.sandbox.process.Ports;
import java.util.Map;

/** The local ports of one relay, any that are free. */
final class PodPorts implements AutoCloseable {

  static final String PUBLIC = "PVECONSOLE_PUBLIC_PORT";
  static final String MANAGEMENT = "PVECONSOLE_MANAGEMENT_PORT";
  static final String BIND = "PVECONSOLE_BIND";

  private final Ports ports;
  private final int publicPort;
  private final int managementPort;

  private PodPorts(Ports ports, int publicPort, int managementPort) {
    this.ports = ports;
    this.publicPort = publicPort;
    this.managementPort = managementPort;
  }

  static PodPorts take(Ports ports) {
    return new PodPorts(ports, ports.any(), ports.any());
  }

  int publicPort() {
    return publicPort;
  }

  /** Replaces the ports in the environment; relays of a sandbox listen on loopback only. */
  void substitute(Map<String, String> environment) {
    environment.put(PUBLIC, Integer.toString(publicPort));
    environment.put(MANAGEMENT, Integer.toString(managementPort));
    environment.put(BIND, "127.0.0.1");
  }

  /** The local port for a port of the container. */
  int local(int containerPort, Map<String, String> declared) {
    boolean isPublic = Integer.toString(containerPort).equals(declared.get(PUBLIC));
    return isPublic ? publicPort : managementPort;
  }

  @Override
  public void close() {
    ports.release(publicPort);
    ports.release(managementPort);
  }
}
