// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/**
 * A failure in one word, safe to show to whoever uses a console: no host, node, account or text of
 * Proxmox.
 */
public enum FailureReason {
  NameNotFound(Step.DNS, true),
  Unreachable(Step.TCP, true),
  CertificateUntrusted(Step.TLS, false),
  TlsRefused(Step.TLS, true),
  NotProxmox(Step.AUTH, false),
  LoginRefused(Step.AUTH, false),
  SecondFactorNeeded(Step.AUTH, false),
  TokenNotAllowed(Step.TICKET, false),
  MissingPrivilege(Step.PRIVILEGE, false),
  GuestNotFound(Step.GUEST, false),
  TargetStopped(Step.GUEST, true),
  TargetMoved(Step.GUEST, true),
  TargetRestarted(Step.GUEST, true),
  TargetIsTemplate(Step.GUEST, false),
  TargetChanged(Step.GUEST, false),
  NoConsole(Step.TICKET, false),
  NodeAway(Step.GUEST, true),
  Busy(Step.TICKET, true),
  TimedOut(Step.TCP, true),
  TicketRefused(Step.PORT, true),
  PortLost(Step.PORT, true),
  ConsoleLost(Step.RFB, true),
  ProxmoxError(Step.TICKET, true),
  ProtocolError(Step.TICKET, true),
  Closed(Step.DNS, true);

  private final Step usualStep;
  private final boolean usuallyRetryable;

  FailureReason(Step usualStep, boolean usuallyRetryable) {
    this.usualStep = usualStep;
    this.usuallyRetryable = usuallyRetryable;
  }

  Step usualStep() {
    return usualStep;
  }

  boolean usuallyRetryable() {
    return usuallyRetryable;
  }
}
