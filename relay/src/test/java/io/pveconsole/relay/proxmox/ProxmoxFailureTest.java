// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each failure has a reason of its own and a message that names a cure. */
class ProxmoxFailureTest {

  private static final GuestRef VM = new GuestRef(100, GuestType.QEMU, "pve1");
  private static final GuestRef CT = new GuestRef(200, GuestType.LXC, "pve1");
  private static final Credentials TOKEN =
      new Credentials.ApiToken("relay@pve!k8s", Secret.of("hidden"));
  private static final Credentials USER =
      new Credentials.UserPassword("relay@pve", Secret.of("hidden"));
  private static final Certificate SEEN =
      new Certificate(new Fingerprint("AB".repeat(32)), "CN=pve1", Instant.EPOCH);

  private static final List<ProxmoxFailure> ALL =
      List.of(
          new ConnectFailure.NameNotFound("pve1"),
          new ConnectFailure.Unreachable(Step.TCP, "pve1", "refused"),
          new ConnectFailure.UntrustedCertificate(
              "pve1", SEEN, ConnectFailure.UntrustedCertificate.Cause.NOT_NOW_VALID),
          new ConnectFailure.TlsRefused("pve1", "no cipher"),
          new ConnectFailure.NotProxmox("pve1", "404"),
          new AccessFailure.LoginRefused(TOKEN),
          new AccessFailure.SecondFactorNeeded("relay@pve"),
          new AccessFailure.TokenNotAllowed(Step.TICKET, "relay@pve!k8s"),
          new AccessFailure.MissingPrivilege(Step.PRIVILEGE, USER, "/vms/100", "VM.Console"),
          new GuestFailure.GuestNotFound(100, "relay@pve", false),
          new GuestFailure.GuestStopped(VM),
          new GuestFailure.GuestMoved(VM, new GuestRef(100, GuestType.QEMU, "pve2")),
          new GuestFailure.GuestRestarted(VM),
          new GuestFailure.GuestIsTemplate(VM),
          new GuestFailure.GuestChanged(VM, new GuestIdentity("a"), new GuestIdentity("b")),
          new GuestFailure.NoConsole(VM, "none"),
          new GuestFailure.NodeAway(Step.GUEST, "pve1", "595"),
          new ServiceFailure.Busy(Step.TICKET, "16 wait"),
          new ServiceFailure.TimedOut(Step.TLS, Duration.ofSeconds(5)),
          new ServiceFailure.TicketRefused("pve1"),
          new ServiceFailure.PortLost("pve1", "closed"),
          new ServiceFailure.ConsoleLost(VM),
          new ServiceFailure.ProxmoxError(Step.TICKET, 500, "died"),
          new ServiceFailure.ProtocolError(Step.AUTH, "odd"),
          new ServiceFailure.Closed());

  @Test
  void isACompleteListWithOneReasonEach() {
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> family : ProxmoxFailure.class.getPermittedSubclasses()) {
      kinds.addAll(Arrays.asList(family.getPermittedSubclasses()));
    }

    assertThat(ALL).extracting(Object::getClass).hasSameElementsAs(kinds);
    assertThat(ALL)
        .extracting(ProxmoxFailure::reason)
        .containsExactlyInAnyOrder(FailureReason.values());
  }

  @Test
  void explainsItselfWithoutSecrets() {
    assertThat(ALL)
        .allSatisfy(
            failure -> {
              assertThat(failure.adminMessage())
                  .hasSizeGreaterThan(20)
                  .doesNotContain("null")
                  .doesNotContain("Exception");
              assertThat(failure + failure.adminMessage()).doesNotContain("hidden");
              assertThat(failure.toException()).hasMessage(failure.adminMessage());
            });
  }

  @ParameterizedTest
  @EnumSource(ConnectFailure.UntrustedCertificate.Cause.class)
  void showsTheCertificateSeen(ConnectFailure.UntrustedCertificate.Cause cause) {
    ProxmoxFailure failure = new ConnectFailure.UntrustedCertificate("pve1", SEEN, cause);

    assertThat(failure.certificate()).contains(SEEN);
    assertThat(failure.adminMessage()).contains(SEEN.fingerprint().text()).contains("CN=pve1");
  }

  @Test
  void namesTheCommandThatCures() {
    assertThat(new GuestFailure.GuestStopped(VM).adminMessage()).contains("qm start 100");
    assertThat(new GuestFailure.GuestStopped(CT).adminMessage()).contains("pct start 200");
    assertThat(new AccessFailure.LoginRefused(TOKEN).adminMessage())
        .contains("pveum user token list relay@pve");
    assertThat(new AccessFailure.LoginRefused(USER).adminMessage())
        .contains("pveum passwd relay@pve");
    assertThat(
            new AccessFailure.MissingPrivilege(Step.PRIVILEGE, USER, "/vms/100", "VM.Console")
                .adminMessage())
        .contains("pveum acl modify /vms/100 --users relay@pve --roles ConsoleRelay");
    assertThat(new GuestFailure.GuestNotFound(100, "relay@pve!k8s", true).adminMessage())
        .contains("--tokens 'relay@pve!k8s'");
  }

  @Test
  void tellsWhatMayPassFromWhatMustBeMended() {
    assertThat(ALL)
        .filteredOn(failure -> !failure.retryable())
        .extracting(ProxmoxFailure::reason)
        .containsExactlyInAnyOrder(
            FailureReason.CertificateUntrusted,
            FailureReason.NotProxmox,
            FailureReason.LoginRefused,
            FailureReason.SecondFactorNeeded,
            FailureReason.TokenNotAllowed,
            FailureReason.MissingPrivilege,
            FailureReason.GuestNotFound,
            FailureReason.TargetIsTemplate,
            FailureReason.TargetChanged,
            FailureReason.NoConsole);
    assertThat(new ServiceFailure.ProxmoxError(Step.TICKET, 400, "bad").retryable()).isFalse();
  }
}
