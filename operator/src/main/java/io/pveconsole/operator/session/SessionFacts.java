// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import java.time.Instant;
import java.util.Optional;

/** What one pass knows of a session. */
public record SessionFacts(
    ConsoleSession session, Optional<ProxmoxHost> host, Optional<ConsoleGrant> grant, Instant now) {

  String uid() {
    return session.getMetadata().getUid();
  }

  HostKey hostKey() {
    return HostKey.of(session);
  }

  /** The host, unless it is gone or going. */
  Optional<ProxmoxHost> liveHost() {
    return host.filter(h -> !h.isMarkedForDeletion());
  }

  Optional<ConsoleGrantStatus> relayReport() {
    return grant.flatMap(g -> Optional.ofNullable(g.getStatus()));
  }

  boolean isRedeemed() {
    return relayReport().filter(report -> report.redemption() != null).isPresent();
  }

  boolean wasConnected() {
    return session.getStatus() != null && session.getStatus().connectedTime() != null;
  }

  SessionFacts with(ConsoleGrant newGrant) {
    return new SessionFacts(session, host, Optional.of(newGrant), now);
  }
}
