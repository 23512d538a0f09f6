// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionSpec;
import io.pveconsole.operator.config.OperatorConfig;
import java.util.Optional;

/** Whether a session may be accepted, and whether an accepted one may go on. Quota apart. */
final class Admission {

  private final OperatorConfig config;
  private final AllowedSource namespaces;

  Admission(OperatorConfig config, AllowedSource namespaces) {
    this.config = config;
    this.namespaces = namespaces;
  }

  Verdict judge(SessionFacts facts) {
    HostKey key = facts.hostKey();
    if (!config.watches(key.namespace())) {
      return new Verdict.Refuse(
          SessionReason.NamespacesNotWatched,
          "The operator does not look after namespace " + key.namespace() + ".");
    }
    if (facts.liveHost().isEmpty()) {
      return new Verdict.Wait(
          SessionReason.HostNotFound,
          "There is no ProxmoxHost "
              + key.name()
              + " in namespace "
              + key.namespace()
              + ". See: kubectl -n "
              + key.namespace()
              + " get proxmoxhosts");
    }
    ProxmoxHost host = facts.liveHost().get();
    Optional<Verdict.Refuse> refusal = refusal(facts.session(), host);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (host.getSpec().suspend()) {
      return new Verdict.Wait(
          SessionReason.HostSuspended, "The ProxmoxHost is suspended by its admin.");
    }
    if (host.getStatus() == null || host.getStatus().url() == null) {
      return new Verdict.Wait(
          SessionReason.HostNotReady, "The ProxmoxHost has no public address yet.");
    }
    return new Verdict.Accept(host);
  }

  /** What the host's policy has against a session, new or running. */
  Optional<Verdict.Refuse> narrowed(ConsoleSession session, ProxmoxHost host) {
    String namespace = session.getMetadata().getNamespace();
    ConsoleSessionSpec spec = session.getSpec();
    AllowedSource.Answer answer = namespaces.allows(host, namespace);
    if (answer == AllowedSource.Answer.UNREADABLE) {
      return refuse(
          SessionReason.NamespacesNotWatched,
          "The operator may not read labels of namespaces, since it looks after some namespaces"
              + " only; the ProxmoxHost's admin can set spec.allowedNamespaces.from to Same or"
              + " All.");
    }
    if (answer == AllowedSource.Answer.NO) {
      return refuse(
          SessionReason.NamespaceNotAllowed,
          "The ProxmoxHost takes no sessions from namespace "
              + namespace
              + "; its admin can change spec.allowedNamespaces.");
    }
    if (!TargetRange.allows(host.getSpec().targets(), spec.target().vmid())) {
      return refuse(
          SessionReason.TargetNotAllowed,
          "The ProxmoxHost does not allow guest " + spec.target().vmid() + "; see spec.targets.");
    }
    if (!host.getSpec().sessionPolicy().consoles().contains(spec.console())) {
      return refuse(
          SessionReason.ConsoleNotAllowed,
          "The ProxmoxHost does not allow console " + spec.console() + ".");
    }
    return Optional.empty();
  }

  private Optional<Verdict.Refuse> refusal(ConsoleSession session, ProxmoxHost host) {
    Optional<Verdict.Refuse> narrowed = narrowed(session, host);
    if (narrowed.isPresent()) {
      return narrowed;
    }
    SessionPolicy policy = host.getSpec().sessionPolicy();
    ConsoleSessionSpec spec = session.getSpec();
    if (policy.requireReason() && (spec.reason() == null || spec.reason().isBlank())) {
      return refuse(
          SessionReason.ReasonRequired, "Make a new session that says why in spec.reason.");
    }
    if (policy.requireRequesterHash() && spec.accessTokenSha256() == null) {
      return refuse(
          SessionReason.RequesterHashRequired,
          "Make a new session with spec.accessTokenSha256, the hash of a secret of your own.");
    }
    return Optional.empty();
  }

  private static Optional<Verdict.Refuse> refuse(SessionReason reason, String message) {
    return Optional.of(new Verdict.Refuse(reason, message));
  }
}
