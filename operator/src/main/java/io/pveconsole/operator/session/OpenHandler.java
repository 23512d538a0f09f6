// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accepted sessions: keeps the grant in step with session and host, and ends them. */
final class OpenHandler implements SessionHandler {

  private final Admission admission;
  private final Grants grants;
  private final AccessSecrets secrets;
  private final Ending ending;
  private final OpenStatus open;

  OpenHandler(
      Admission admission, Grants grants, AccessSecrets secrets, Ending ending, OpenStatus open) {
    this.admission = admission;
    this.grants = grants;
    this.secrets = secrets;
    this.ending = ending;
    this.open = open;
  }

  @Override
  public Outcome handle(SessionFacts facts) {
    if (facts.grant().isEmpty()) {
      return ending.finish(
          facts, TerminationReason.Failed, "The ConsoleGrant of this session was deleted.");
    }
    ConsoleGrant grant = facts.grant().get();
    Optional<TerminationReason> said = saidByGrant(grant);
    if (said.isPresent()) {
      return ending.finish(facts, said.get(), EndMessages.of(said.get()));
    }
    if (facts.session().getSpec().revoked()) {
      return end(facts, TerminationReason.Revoked);
    }
    if (facts.liveHost().isEmpty()) {
      return end(facts, TerminationReason.HostDeleted);
    }
    ProxmoxHost host = facts.liveHost().get();
    if (host.getSpec().suspend()) {
      return ending.finish(
          facts, TerminationReason.PolicyChanged, "The ProxmoxHost was suspended by its admin.");
    }
    Optional<Verdict.Refuse> narrowed = admission.narrowed(facts.session(), host);
    if (narrowed.isPresent()) {
      return ending.finish(facts, TerminationReason.PolicyChanged, narrowed.get().message());
    }
    ConsoleGrant current = grants.update(grant, wanted(facts, host, grant));
    SessionFacts updated = facts.with(current);
    List<Deadline> deadlines = Deadline.of(updated, host, current);
    Optional<Deadline> over = deadlines.stream().filter(d -> d.isOver(facts.now())).findFirst();
    if (over.isPresent()) {
      return end(updated, over.get().reason());
    }
    if (updated.isRedeemed() && hasSecret(facts.session())) {
      secrets.delete(facts.session());
    }
    return open.of(updated, host, current);
  }

  private Outcome end(SessionFacts facts, TerminationReason reason) {
    return ending.finish(facts, reason, EndMessages.of(reason));
  }

  private static Optional<TerminationReason> saidByGrant(ConsoleGrant grant) {
    if (grant.getStatus() != null && grant.getStatus().ended() != null) {
      return Optional.of(grant.getStatus().ended().reason());
    }
    return Optional.ofNullable(grant.getSpec().end()).map(end -> end.reason());
  }

  private static ConsoleGrantSpec wanted(SessionFacts facts, ProxmoxHost host, ConsoleGrant grant) {
    Instant start = OpenStatus.start(facts.session(), grant, facts.now());
    return GrantSpecs.withPolicy(
        grant.getSpec(),
        EffectivePolicy.of(facts.session().getSpec(), host, start),
        host.getSpec().sessionPolicy());
  }

  private static boolean hasSecret(ConsoleSession session) {
    return session.getStatus() != null && session.getStatus().accessSecretRef() != null;
  }
}
