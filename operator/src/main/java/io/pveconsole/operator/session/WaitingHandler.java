// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.status.Finding;
import io.pveconsole.operator.status.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions that are not accepted: accepts, refuses, or waits for a while. */
final class WaitingHandler implements SessionHandler {

  /** How long a session waits for its host or a place. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Admission admission;
  private final Quota quota;
  private final AccessSecrets secrets;
  private final Grants grants;
  private final Ending ending;
  private final OpenStatus open;

  WaitingHandler(
      Admission admission,
      Quota quota,
      AccessSecrets secrets,
      Grants grants,
      Ending ending,
      OpenStatus open) {
    this.admission = admission;
    this.quota = quota;
    this.secrets = secrets;
    this.grants = grants;
    this.ending = ending;
    this.open = open;
  }

  @Override
  public Outcome handle(SessionFacts facts) {
    if (facts.session().getSpec().revoked()) {
      return ending.finish(
          facts, TerminationReason.Revoked, EndMessages.of(TerminationReason.Revoked));
    }
    if (facts.grant().isPresent() && facts.liveHost().isPresent()) {
      return open.of(facts, facts.liveHost().get(), facts.grant().get());
    }
    return switch (admission.judge(facts)) {
      case Verdict.Accept accept -> accept(facts, accept.host());
      case Verdict.Wait wait -> waiting(facts, wait.reason(), wait.message());
      case Verdict.Refuse refuse -> ending.refuse(facts, refuse.reason(), refuse.message());
    };
  }

  private Outcome accept(SessionFacts facts, ProxmoxHost host) {
    ConsoleSession session = facts.session();
    Optional<SessionReason> full = quota.reserve(session, host.getSpec().sessionPolicy());
    if (full.isPresent()) {
      return waiting(
          facts,
          full.get(),
          full.get() == SessionReason.QuotaExceeded
              ? "The ProxmoxHost has its maximum of open sessions; end one of them."
              : "You have the maximum of open sessions of this ProxmoxHost; end one of them.");
    }
    Optional<String> hash = tokenSha256(session, host);
    if (hash.isEmpty()) {
      quota.release(session);
      return waiting(
          facts,
          SessionReason.SecretNameTaken,
          "The Secret "
              + AccessSecrets.name(session)
              + " exists and is not of this session. Delete it, or give the session another name.");
    }
    ConsoleGrant grant = grants.create(GrantSpecs.grant(session, host, hash.get(), facts.now()));
    if (!grant.getSpec().tokenSha256().equals(hash.get())) {
      return ending.finish(
          facts.with(grant),
          TerminationReason.Failed,
          "The Secret with the link was deleted before the session was ready. Make a new session.");
    }
    return open.of(facts.with(grant), host, grant);
  }

  private Optional<String> tokenSha256(ConsoleSession session, ProxmoxHost host) {
    String own = session.getSpec().accessTokenSha256();
    return own != null
        ? Optional.of(own)
        : secrets.ensure(session, SessionAddress.of(session, host)).map(LinkSecret::sha256);
  }

  private Outcome waiting(SessionFacts facts, SessionReason reason, String message) {
    Instant now = facts.now();
    Instant deadline =
        Times.parse(facts.session().getMetadata().getCreationTimestamp())
            .orElse(now)
            .plus(PATIENCE);
    if (!now.isBefore(deadline)) {
      return ending.refuse(facts, reason, message);
    }
    List<Finding> findings =
        List.of(
            Finding.unknown(SessionConditions.ACCEPTED, reason, message),
            Finding.no(SessionConditions.READY, SessionReason.Pending, message),
            Finding.no(SessionConditions.CONNECTED, SessionReason.NotOpened, "Nobody opened it."),
            Finding.no(SessionConditions.FINISHED, SessionReason.Active, "It is not over."));
    Instant retry = now.plus(RETRY);
    return Outcome.until(
        new StatusDraft(facts.session()).state(SessionState.Pending).build(findings, now),
        retry.isBefore(deadline) ? retry : deadline);
  }
}
