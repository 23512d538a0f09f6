// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a guest on one node. While it lasts the number can be no other guest's, nor the guest
 * become a template or get or lose a display: Proxmox makes such changes of a running guest at its
 * next start only (vmconfig_hotplug_pending in PVE/QemuServer.pm).
 *
 * @param pid of its process
 * @param started by the relay's clock
 */
record GuestRun(long pid, Instant started) {

  /** What Proxmox rounds off, an answer takes on its way, and clocks drift between two looks. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  /** No machine runs for longer; what says so is no Proxmox. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * The run that {@code status/current} tells of, by {@code pid} and by {@code uptime} in whole
   * seconds (vmstatus in PVE/QemuServer.pm and PVE/LXC.pm).
   *
   * @return null where it does not run, or Proxmox does not say
   */
  static @Nullable GuestRun of(JsonNode status, Instant now) {
    long pid = status.path("pid").asLong();
    long uptime = status.path("uptime").asLong(-1);
    boolean running =
        InventoryEntry.status(status.path("status").asText("")) == GuestStatus.RUNNING;
    boolean plausible = pid > 0 && uptime >= 0 && uptime <= LONGEST.toSeconds();
    return running && plausible ? new GuestRun(pid, now.minusSeconds(uptime)) : null;
  }

  boolean isSame(@Nullable GuestRun other) {
    return other != null
        && pid == other.pid
        && Duration.between(started, other.started).abs().compareTo(TOLERANCE) <= 0;
  }
}
