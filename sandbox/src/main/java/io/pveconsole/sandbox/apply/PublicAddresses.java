// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import io.pveconsole.sandbox.process.Ports;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each host an address of its own on localhost, always the same one. Thread-safe. */
public final class PublicAddresses {

  private static final int USUAL = 8080;

  private final Ports ports;
  private final String scheme;
  private final @Nullable Integer first;
  private final Map<String, String> given = new HashMap<>();

  /**
   * None given yet.
   *
   * @param first port for the first host; null for the first free one
   */
  public PublicAddresses(Ports ports, String scheme, @Nullable Integer first) {
    this.ports = ports;
    this.scheme = scheme;
    this.first = first;
  }

  /** The address for a host, named with its namespace. */
  public synchronized String of(String host) {
    return given.computeIfAbsent(host, key -> scheme + "://localhost:" + nextPort());
  }

  private int nextPort() {
    int port =
        first != null && given.isEmpty()
            ? ports.exactly(first)
            : ports.firstFreeFrom(first == null ? USUAL : first);
    ports.promise(port);
    return port;
  }
}
