// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.operator.status.Finding;
import io.pveconsole.operator.status.Times;
import java.util.ArrayList;
import java.util.List;

/** Ends a session: first the order to the relay, then the Secret, then the status. */
final class Ending {

  private final Grants grants;
  private final AccessSecrets secrets;

  Ending(Grants grants, AccessSecrets secrets) {
    this.grants = grants;
    this.secrets = secrets;
  }

  /** Ends an accepted session. */
  Outcome finish(SessionFacts facts, TerminationReason reason, String message) {
    facts
        .grant()
        .filter(grant -> grant.getStatus() == null || grant.getStatus().ended() == null)
        .ifPresent(grant -> grants.end(grant, reason, facts.now()));
    if (facts.session().getSpec().accessTokenSha256() == null) {
      secrets.delete(facts.session());
    }
    Finding accepted =
        SessionPhase.of(facts.session()) == SessionPhase.OPEN
            ? Finding.yes(
                SessionConditions.ACCEPTED, SessionReason.Accepted, "The session was accepted.")
            : Finding.no(SessionConditions.ACCEPTED, SessionReason.valueOf(reason.name()), message);
    return over(facts, reason, accepted, message);
  }

  /** Ends a session that was never accepted. */
  Outcome refuse(SessionFacts facts, SessionReason why, String message) {
    Finding accepted = Finding.no(SessionConditions.ACCEPTED, why, message);
    return over(facts, TerminationReason.Refused, accepted, message);
  }

  private static Outcome over(
      SessionFacts facts, TerminationReason reason, Finding accepted, String message) {
    List<Finding> findings = new ArrayList<>();
    findings.add(accepted);
    findings.add(Finding.no(SessionConditions.READY, SessionReason.Finished, message));
    findings.add(Finding.no(SessionConditions.CONNECTED, SessionReason.Finished, message));
    findings.add(
        Finding.yes(SessionConditions.FINISHED, SessionReason.valueOf(reason.name()), message));
    return Outcome.until(
        new StatusDraft(facts.session())
            .finished(reason, Times.text(facts.now()))
            .build(findings, facts.now()),
        facts.now());
  }
}
