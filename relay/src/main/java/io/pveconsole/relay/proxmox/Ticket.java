// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.time.Duration;
import java.time.Instant;

/**
 * A login ticket, two hours valid. Its age counts from when it was asked for, by this side's clock:
 * the time inside is the node's.
 */
record Ticket(Secret ticket, Secret csrf, Instant asked) {

  private static final Duration HALF_LIFE = Duration.ofHours(1);

  /** A little less than the 2 h, since a ticket must last for the requests to come. */
  private static final Duration LIFE = Duration.ofMinutes(115);

  boolean young(Instant now) {
    return age(now).compareTo(HALF_LIFE) < 0;
  }

  boolean usable(Instant now) {
    return age(now).compareTo(LIFE) < 0;
  }

  Authorization authorization() {
    return Authorization.ticket(ticket, csrf);
  }

  private Duration age(Instant now) {
    return Duration.between(asked, now);
  }
}
