// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Accepted sessions: keeps the grant in step with session and host, and ends them. */
final class OpenHandler implements SessionHandler {

  private static final Duration RELAY_PATIENCE = Duration.ofMinutes(5);

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
    Optional<TerminationReason> due = due(updated, host, current);
    if (due.isPresent()) {
      return end(updated, due.get());
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

  private static Optional<TerminationReason> due(
      SessionFacts facts, ProxmoxHost host, ConsoleGrant grant) {
    if (isPast(grant.getSpec().expirationTime(), facts.now())) {
      return Optional.of(TerminationReason.Expired);
    }
    if (!facts.isRedeemed() && isPast(grant.getSpec().linkExpirationTime(), facts.now())) {
      return Optional.of(TerminationReason.LinkExpired);
    }
    boolean wasConnected = facts.session().getStatus().connectedTime() != null;
    return wasConnected && relaysAreLost(host, facts.now())
        ? Optional.of(TerminationReason.RelayLost)
        : Optional.empty();
  }

  private static boolean isPast(String time, Instant now) {
    return Times.parse(time).filter(moment -> !now.isBefore(moment)).isPresent();
  }

  private static boolean relaysAreLost(ProxmoxHost host, Instant now) {
    return host.getStatus() != null
        && Conditions.find(host.getStatus().conditions(), OpenStatus.RELAY_AVAILABLE)
            .filter(condition -> condition.status().equals("False"))
            .flatMap(condition -> Times.parse(condition.lastTransitionTime()))
            .filter(since -> !now.isBefore(since.plus(RELAY_PATIENCE)))
            .isPresent();
  }

  private static boolean hasSecret(ConsoleSession session) {
    return session.getStatus() != null && session.getStatus().accessSecretRef() != null;
  }
}
