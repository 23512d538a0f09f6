// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param port first public port; null: the first free one from 8080
 * @param tls https with a certificate for localhost
 * @param certificate PEM file, with {@code key}; null: a self-made one
 * @param qemu guests of the simulator that a real QEMU backs, as the simulator takes it
 */
public record Options(
    ApiChoice api,
    @Nullable Integer port,
    List<Path> apply,
    boolean demo,
    boolean tls,
    @Nullable Path certificate,
    @Nullable Path key,
    String qemu,
    Path directory,
    Path home,
    int relayHeapMegabytes) {

  /** Which Kubernetes API to use. */
  public enum ApiChoice {
    /** The real one where its programs are there or can be had soon, else the mock. */
    AUTO,
    /** The real one or none. */
    REAL,
    /** The mock. */
    MOCK
  }

  /** Scheme of the addresses that the sandbox gives to hosts. */
  public String scheme() {
    return tls ? "https" : "http";
  }
}
