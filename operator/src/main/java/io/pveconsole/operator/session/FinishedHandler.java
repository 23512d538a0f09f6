// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.operator.status.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Finished sessions: the grant goes when the relay has confirmed, the session at its time. */
final class FinishedHandler implements SessionHandler {

  /** How long a relay may take to confirm an end. */
  static final Duration CONFIRMATION = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final Grants grants;

  FinishedHandler(KubernetesClient client, Grants grants) {
    this.client = client;
    this.grants = grants;
  }

  @Override
  public Outcome handle(SessionFacts facts) {
    ConsoleSession session = facts.session();
    ConsoleSessionStatus status = session.getStatus();
    Instant completion = Times.parse(status.completionTime()).orElse(facts.now());
    if (facts.grant().isPresent()) {
      ConsoleGrant grant = facts.grant().get();
      Instant last = completion.plus(CONFIRMATION);
      boolean confirmed = grant.getStatus() != null && grant.getStatus().ended() != null;
      if (!confirmed && facts.now().isBefore(last)) {
        TerminationReason reason =
            Objects.requireNonNullElse(status.terminationReason(), TerminationReason.Failed);
        grants.end(grant, reason, facts.now());
        return Outcome.until(status, last);
      }
      grants.delete(grant);
    }
    Instant removal = completion.plusSeconds(session.getSpec().ttlSecondsAfterFinished());
    if (facts.now().isBefore(removal)) {
      return Outcome.until(status, removal);
    }
    client
        .resource(session)
        .lockResourceVersion(session.getMetadata().getResourceVersion())
        .delete();
    return Outcome.deleted();
  }
}
