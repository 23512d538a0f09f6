// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When an accepted session ends by itself, and why; a relay knows more reasons than these. */
record Deadline(TerminationReason reason, Instant time) {

  /** How long a host may be without relays. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** All that hold now; the first that is over is the reason. */
  static List<Deadline> of(SessionFacts facts, ProxmoxHost host, ConsoleGrant grant) {
    List<Deadline> all = new ArrayList<>();
    add(all, TerminationReason.Expired, Times.parse(grant.getSpec().expirationTime()));
    if (!facts.isRedeemed()) {
      add(all, TerminationReason.LinkExpired, Times.parse(grant.getSpec().linkExpirationTime()));
    }
    if (facts.wasConnected()) {
      add(
          all,
          TerminationReason.RelayLost,
          relaysLostSince(host).map(since -> since.plus(PATIENCE)));
    }
    return all;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(time);
  }

  private static void add(List<Deadline> all, TerminationReason reason, Optional<Instant> time) {
    time.ifPresent(moment -> all.add(new Deadline(reason, moment)));
  }

  private static Optional<Instant> relaysLostSince(ProxmoxHost host) {
    return host.getStatus() == null
        ? Optional.empty()
        : Conditions.find(host.getStatus().conditions(), OpenStatus.RELAY_AVAILABLE)
            .filter(condition -> condition.status().equals("False"))
            .flatMap(condition -> Times.parse(condition.lastTransitionTime()));
  }
}
