// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.pveconsole.sandbox.SandboxException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The port of a host's {@code publicUrl}, led to its ready pods; follows when the address changes.
 * Not thread-safe.
 */
final class PublicDoor {

  private final PodServices services;
  private final RestartBackoff backoff;
  private @Nullable ServiceProxy proxy;
  private OptionalInt open = OptionalInt.empty();
  private String complaint = "";

  PublicDoor(PodServices services) {
    this.services = services;
    this.backoff = new RestartBackoff(services.clock());
  }

  /**
   * One step.
   *
   * @param wanted empty for a host that people reach another way
   */
  void turn(OptionalInt wanted, List<Integer> readyPorts) {
    if (!wanted.equals(open)) {
      close();
    }
    if (proxy == null && wanted.isPresent() && backoff.isDue()) {
      open(wanted.getAsInt());
    }
    ServiceProxy running = proxy;
    if (running != null) {
      running.lead(readyPorts);
    }
  }

  private void open(int port) {
    try {
      services.ports().exactly(port);
      open = OptionalInt.of(port);
      proxy = ServiceProxy.open(port);
      complaint = "";
    } catch (SandboxException e) {
      close();
      backoff.crashed(services.clock().instant());
      if (!complaint.equals(e.getMessage())) {
        complaint = e.getMessage();
        services.notices().accept(e.getMessage() + " " + e.cure());
      }
    }
  }

  void close() {
    ServiceProxy running = proxy;
    if (running != null) {
      running.close();
    }
    proxy = null;
    open.ifPresent(services.ports()::release);
    open = OptionalInt.empty();
  }
}
