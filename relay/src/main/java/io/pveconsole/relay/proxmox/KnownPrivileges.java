// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which consoles a credential was found to be allowed lately, so that not every open asks again.
 * Only what is allowed is remembered: Proxmox itself refuses what is not any more. Safe from any
 * thread.
 */
final class KnownPrivileges {

  static final Duration LIFE = Duration.ofSeconds(30);
  private static final int MAX_GUESTS = 4096;

  private record Right(int vmid, ConsoleKind kind) {}

  private final Clock clock;
  private final Map<Right, Instant> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Right, Instant> eldest) {
          return size() > MAX_GUESTS;
        }
      };

  KnownPrivileges(Clock clock) {
    this.clock = clock;
  }

  synchronized boolean holds(int vmid, ConsoleKind kind) {
    Instant when = seen.get(new Right(vmid, kind));
    return when != null && clock.instant().isBefore(when.plus(LIFE));
  }

  synchronized void found(int vmid, ConsoleKind kind) {
    seen.put(new Right(vmid, kind), clock.instant());
  }
}
