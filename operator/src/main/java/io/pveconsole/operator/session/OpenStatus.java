// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.api.v1alpha1.session.AccessSecretRef;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.api.v1alpha1.session.SessionTarget;
import io.pveconsole.api.v1alpha1.session.SessionViewer;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Finding;
import io.pveconsole.operator.status.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of an accepted session, from its grant and what relays say in it. */
final class OpenStatus {

  static final String RELAY_AVAILABLE = "RelayAvailable";

  Outcome of(SessionFacts facts, ProxmoxHost host, ConsoleGrant grant) {
    ConsoleSession session = facts.session();
    Instant start = start(session, grant, facts.now());
    EffectivePolicy effective = EffectivePolicy.of(session.getSpec(), host, start);
    boolean ready = isRelayAvailable(host);
    ConsoleGrantStatus report = grant.getStatus();
    GrantViewer viewer = report == null ? null : report.viewer();
    boolean secretGone = facts.isRedeemed() || session.getSpec().accessTokenSha256() != null;
    StatusDraft draft =
        new StatusDraft(session)
            .state(state(ready, viewer))
            .link(
                SessionAddress.of(session, host),
                secretGone ? null : new AccessSecretRef(AccessSecrets.name(session)))
            .times(
                Times.text(start),
                grant.getSpec().linkExpirationTime(),
                grant.getSpec().expirationTime(),
                Times.text(effective.maxExpiration()))
            .report(
                target(session, report), viewer(viewer), report == null ? null : report.doctor());
    if (viewer != null) {
      draft.connected(viewer.connectedTime());
    }
    List<Finding> findings =
        List.of(
            Finding.yes(
                SessionConditions.ACCEPTED, SessionReason.Accepted, "The session was accepted."),
            ready(ready, facts),
            connected(report, ready, facts),
            Finding.no(SessionConditions.FINISHED, SessionReason.Active, "It is not over."));
    return new Outcome(draft.build(findings, facts.now()), next(facts, host, grant));
  }

  static Instant start(ConsoleSession session, ConsoleGrant grant, Instant now) {
    String known = session.getStatus() == null ? null : session.getStatus().startTime();
    return Times.parse(known)
        .or(() -> Times.parse(grant.getMetadata().getCreationTimestamp()))
        .filter(time -> !time.isAfter(now))
        .orElse(now);
  }

  static boolean isRelayAvailable(ProxmoxHost host) {
    return host.getStatus() != null
        && host.getStatus().url() != null
        && Conditions.isTrue(host.getStatus().conditions(), RELAY_AVAILABLE);
  }

  /** Whichever end comes first. */
  private static Optional<Instant> next(SessionFacts facts, ProxmoxHost host, ConsoleGrant grant) {
    return Deadline.of(facts, host, grant).stream().map(Deadline::time).min(Instant::compareTo);
  }

  private static SessionState state(boolean ready, @Nullable GrantViewer viewer) {
    if (viewer != null) {
      return SessionState.Connected;
    }
    return ready ? SessionState.Ready : SessionState.Pending;
  }

  private static Finding ready(boolean ready, SessionFacts facts) {
    if (!ready) {
      return Finding.no(
          SessionConditions.READY,
          SessionReason.RelayUnavailable,
          "No relay of the ProxmoxHost is available. See: kubectl -n "
              + facts.hostKey().namespace()
              + " describe proxmoxhost "
              + facts.hostKey().name());
    }
    return facts.isRedeemed()
        ? Finding.yes(
            SessionConditions.READY,
            SessionReason.LinkUsed,
            "The link was used; its holder can come back in the same browser.")
        : Finding.yes(SessionConditions.READY, SessionReason.LinkReady, "The link can be opened.");
  }

  private static Finding connected(
      @Nullable ConsoleGrantStatus report, boolean relayed, SessionFacts facts) {
    String type = SessionConditions.CONNECTED;
    if (report != null && report.viewer() != null) {
      return Finding.yes(type, SessionReason.ViewerConnected, "Somebody looks at the console.");
    }
    if (!relayed && facts.wasConnected()) {
      return Finding.no(
          type, SessionReason.RelayLost, "The relay is gone; the page tries again by itself.");
    }
    if (report != null && report.doctor() != null && report.doctor().failed()) {
      return Finding.no(type, reason(report.doctor()), message(report.doctor()));
    }
    return facts.isRedeemed()
        ? Finding.no(type, SessionReason.Disconnected, "Nobody looks at the console now.")
        : Finding.no(type, SessionReason.NotOpened, "Nobody opened it.");
  }

  private static SessionReason reason(Doctor doctor) {
    return "TargetStopped".equals(doctor.reason())
        ? SessionReason.TargetStopped
        : SessionReason.ConnectionFailed;
  }

  private static String message(Doctor doctor) {
    String text = doctor.message() == null ? String.valueOf(doctor.reason()) : doctor.message();
    return "Step " + doctor.step() + ": " + text;
  }

  private static SessionTarget target(ConsoleSession session, @Nullable ConsoleGrantStatus report) {
    Integer vmid = session.getSpec().target().vmid();
    return report == null || report.target() == null
        ? new SessionTarget(vmid, null, null, null)
        : new SessionTarget(
            vmid, report.target().name(), report.target().type(), report.target().node());
  }

  private static @Nullable SessionViewer viewer(@Nullable GrantViewer viewer) {
    return viewer == null
        ? null
        : new SessionViewer(viewer.clientAddress(), viewer.connectedTime());
  }
}
