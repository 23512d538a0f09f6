// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static io.pveconsole.operator.testing.Samples.NOW;
import static io.pveconsole.operator.testing.Samples.readyHost;
import static io.pveconsole.operator.testing.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.api.v1alpha1.DoctorStep;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantEnded;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The handlers at fixed times, writing to a mock API server. */
class HandlersTest extends HandlerScenario {

  private Secret secret(String name) {
    return cluster.client().secrets().inNamespace(Samples.NAMESPACE).withName(name).get();
  }

  private static String decoded(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.US_ASCII);
  }

  @Test
  void anAcceptedSessionHasSecretGrantAndLink() {
    ConsoleSession session = session("one");
    Outcome outcome = pass(session, host, NOW);

    Secret secret = secret("one-access");
    ConsoleGrant grant = grant(session).orElseThrow();
    LinkSecret link = new LinkSecret(decoded(secret, "token"));
    assertThat(secret.getType()).isEqualTo("pveconsole.io/access");
    assertThat(decoded(secret, "url"))
        .isEqualTo("https://pve.example.com/c/uid-of-one#" + link.token());
    assertThat(grant.getSpec().tokenSha256()).isEqualTo(link.sha256());
    assertThat(grant.getSpec().session().requestedBy()).isEqualTo("ada");
    assertThat(grant.getMetadata().getLabels()).containsEntry("pveconsole.io/host", "pve");
    assertThat(grant.getMetadata().getOwnerReferences().get(0).getUid()).isEqualTo("uid-of-one");
    assertThat(outcome.status().state()).isEqualTo(SessionState.Ready);
    assertThat(outcome.status().url()).isEqualTo("https://pve.example.com/c/uid-of-one");
    assertThat(outcome.status().accessSecretRef().name()).isEqualTo("one-access");
    assertThat(outcome.status().startTime()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(outcome.status().linkExpirationTime()).isEqualTo("2026-03-01T12:10:00Z");
    assertThat(outcome.status().expirationTime()).isEqualTo("2026-03-01T13:00:00Z");
    assertThat(outcome.status().maxExpirationTime()).isEqualTo("2026-03-01T20:00:00Z");
    assertThat(outcome.next()).contains(NOW.plusSeconds(600));
    assertThat(condition(outcome, "Ready").status()).isEqualTo("True");
  }

  @Test
  void aSecondPassAfterACrashAdoptsWhatIsThere() {
    ConsoleSession session = session("one");
    pass(session, host, NOW);
    String token = decoded(secret("one-access"), "token");
    String hash = grant(session).orElseThrow().getSpec().tokenSha256();
    Outcome again = pass(session, host, NOW.plusSeconds(3));
    assertThat(decoded(secret("one-access"), "token")).isEqualTo(token);
    assertThat(grant(session).orElseThrow().getSpec().tokenSha256()).isEqualTo(hash);
    assertThat(again.status().expirationTime()).isEqualTo("2026-03-01T13:00:00Z");
  }

  @Test
  void aCrashBetweenSecretAndGrantKeepsTheLink() {
    ConsoleSession session = session("one");
    LinkSecret first =
        new AccessSecrets(cluster.client(), new SecureRandom())
            .ensure(session, "https://pve.example.com/c/uid-of-one")
            .orElseThrow();
    pass(session, host, NOW);
    assertThat(grant(session).orElseThrow().getSpec().tokenSha256()).isEqualTo(first.sha256());
  }

  @Test
  void withAHashOfItsOwnNoSecretIsMade() {
    String hash = "ab".repeat(32);
    ConsoleSession session = accepted("one", "accessTokenSha256: " + hash);
    assertThat(secret("one-access")).isNull();
    assertThat(grant(session).orElseThrow().getSpec().tokenSha256()).isEqualTo(hash);
    assertThat(session.getStatus().accessSecretRef()).isNull();
  }

  @Test
  void aForeignSecretIsNeverTouched() {
    cluster.create(
        new SecretBuilder()
            .withNewMetadata()
            .withName("one-access")
            .withNamespace(Samples.NAMESPACE)
            .endMetadata()
            .addToData("password", "eA==")
            .build());
    ConsoleSession session = session("one");
    Outcome outcome = pass(session, host, NOW);
    assertThat(condition(outcome, "Accepted").reason()).isEqualTo("SecretNameTaken");
    assertThat(secret("one-access").getData()).containsOnlyKeys("password");
    assertThat(grant(session)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'targets: {vmids: [\"200-299\"]}',TargetNotAllowed",
    "'sessionPolicy: {consoles: [Terminal]}',ConsoleNotAllowed",
    "'sessionPolicy: {requireReason: true}',ReasonRequired",
    "'sessionPolicy: {requireRequesterHash: true}',RequesterHashRequired"
  })
  void aRefusalIsFinal(String policy, String reason) {
    ConsoleSession session = session("one");
    Outcome outcome = pass(session, readyHost("pve", policy), NOW);
    assertThat(outcome.status().state()).isEqualTo(SessionState.Finished);
    assertThat(outcome.status().terminationReason()).isEqualTo(TerminationReason.Refused);
    assertThat(condition(outcome, "Accepted").reason()).isEqualTo(reason);
    assertThat(condition(outcome, "Accepted").status()).isEqualTo("False");
    assertThat(grant(session)).isEmpty();
  }

  @Test
  void anotherNamespaceIsRefusedUnlessTheHostAllowsIt() {
    ConsoleSession session = session("one");
    session.getMetadata().setNamespace("elsewhere");
    ConsoleSession there = Samples.copy(session);
    there.setSpec(
        Serialization.unmarshal(
                """
                spec: {hostRef: {name: pve, namespace: consoles}, target: {vmid: 101}}
                """,
                ConsoleSession.class)
            .getSpec());
    Outcome refused = pass(there, host, NOW);
    assertThat(condition(refused, "Accepted").reason()).isEqualTo("NamespaceNotAllowed");

    Outcome allowed = pass(there, readyHost("pve", "allowedNamespaces: {from: All}"), NOW);
    assertThat(allowed.status().state()).isEqualTo(SessionState.Ready);
    assertThat(grant(there).orElseThrow().getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void aHostInANamespaceThatIsNotWatchedIsRefused() {
    ConsoleSession session = session("one");
    session.getMetadata().setNamespace("elsewhere");
    Outcome unwatched = pass(session, host, NOW);
    assertThat(condition(unwatched, "Accepted").reason()).isEqualTo("NamespacesNotWatched");
  }

  @Test
  void aMissingHostIsWaitedForFiveMinutes() {
    ConsoleSession session = session("one");
    Outcome waiting = pass(session, null, NOW);
    assertThat(waiting.status().state()).isEqualTo(SessionState.Pending);
    assertThat(condition(waiting, "Accepted").status()).isEqualTo("Unknown");
    assertThat(condition(waiting, "Accepted").reason()).isEqualTo("HostNotFound");

    ConsoleSession later = after(session, waiting);
    assertThat(pass(later, null, NOW.plusSeconds(298)).next()).contains(NOW.plusSeconds(300));
    Outcome refused = pass(later, null, NOW.plusSeconds(300));
    assertThat(refused.status().terminationReason()).isEqualTo(TerminationReason.Refused);

    assertThat(pass(later, host, NOW.plusSeconds(10)).status().state())
        .as("a host made meanwhile")
        .isEqualTo(SessionState.Ready);
  }

  @Test
  void withoutRelayItIsAcceptedAndNotReady() {
    ProxmoxHost away = Samples.copy(host);
    away.setStatus(
        new ProxmoxHostStatus(1L, List.of(), "https://pve.example.com", null, null, null, null));
    Outcome outcome = pass(session("one"), away, NOW);
    assertThat(outcome.status().state()).isEqualTo(SessionState.Pending);
    assertThat(condition(outcome, "Accepted").status()).isEqualTo("True");
    assertThat(condition(outcome, "Ready").reason()).isEqualTo("RelayUnavailable");
  }

  @Test
  void aViewerConnectsAndLeaves() {
    ConsoleSession session = accepted("one");
    GrantViewer viewer = new GrantViewer("v", "pod", "198.51.100.7", "2026-03-01T12:01:00Z");
    relaySays(session, new ConsoleGrantStatus(USED, viewer, null, null, null));
    Outcome connected = pass(session, host, NOW.plusSeconds(61));
    assertThat(connected.status().state()).isEqualTo(SessionState.Connected);
    assertThat(connected.status().viewer().clientAddress()).isEqualTo("198.51.100.7");
    assertThat(connected.status().connectedTime()).isEqualTo("2026-03-01T12:01:00Z");
    assertThat(connected.status().accessSecretRef()).isNull();
    assertThat(secret("one-access")).as("the link was used").isNull();
    assertThat(connected.next()).contains(NOW.plusSeconds(3600));

    ConsoleSession open = after(session, connected);
    Doctor doctor = new Doctor(DoctorStep.guest, "TargetStopped", "Start it.", null);
    relaySays(open, new ConsoleGrantStatus(USED, null, null, doctor, null));
    Outcome left = pass(open, host, NOW.plusSeconds(90));
    assertThat(left.status().state()).isEqualTo(SessionState.Ready);
    assertThat(condition(left, "Connected").reason()).isEqualTo("TargetStopped");
    assertThat(left.status().connectedTime()).isEqualTo("2026-03-01T12:01:00Z");
  }

  @Test
  void anUnusedLinkExpiresAndAUsedOneDoesNot() {
    ConsoleSession unused = accepted("one");
    Outcome expired = pass(unused, host, NOW.plusSeconds(600));
    assertThat(expired.status().terminationReason()).isEqualTo(TerminationReason.LinkExpired);
    assertThat(grant(unused).orElseThrow().getSpec().end().reason())
        .isEqualTo(TerminationReason.LinkExpired);
    assertThat(secret("one-access")).isNull();

    ConsoleSession used = accepted("two");
    relaySays(used, new ConsoleGrantStatus(USED, null, null, null, null));
    assertThat(pass(used, host, NOW.plusSeconds(3599)).status().state())
        .isEqualTo(SessionState.Ready);
    assertThat(pass(used, host, NOW.plusSeconds(3600)).status().terminationReason())
        .isEqualTo(TerminationReason.Expired);
  }

  @Test
  void extendingAndNarrowingReachTheGrant() {
    ConsoleSession session = accepted("one");
    ConsoleSession extended = session("one", "durationSeconds: 7200", "viewOnly: true");
    extended.setStatus(session.getStatus());
    Outcome outcome =
        pass(extended, readyHost("pve", "sessionPolicy: {clipboard: None}"), NOW.plusSeconds(5));
    ConsoleGrant grant = grant(session).orElseThrow();
    assertThat(grant.getSpec().expirationTime()).isEqualTo("2026-03-01T14:00:00Z");
    assertThat(grant.getSpec().viewOnly()).isTrue();
    assertThat(grant.getSpec().clipboard().name()).isEqualTo("None");
    assertThat(outcome.status().expirationTime()).isEqualTo("2026-03-01T14:00:00Z");
  }

  @Test
  void revokedDeletedSuspendedAndNarrowedEnd() {
    ConsoleSession revoked = session("one", "revoked: true");
    revoked.setStatus(accepted("one").getStatus());
    assertThat(pass(revoked, host, NOW).status().terminationReason())
        .isEqualTo(TerminationReason.Revoked);

    ConsoleSession orphan = accepted("two");
    assertThat(pass(orphan, null, NOW).status().terminationReason())
        .isEqualTo(TerminationReason.HostDeleted);

    ConsoleSession suspended = accepted("three");
    assertThat(pass(suspended, readyHost("pve", "suspend: true"), NOW).status().terminationReason())
        .isEqualTo(TerminationReason.PolicyChanged);

    ConsoleSession narrowed = accepted("four");
    assertThat(
            pass(narrowed, readyHost("pve", "targets: {vmids: [\"500\"]}"), NOW)
                .status()
                .terminationReason())
        .isEqualTo(TerminationReason.PolicyChanged);
  }

  @Test
  void aRevokedRequestIsNeverAccepted() {
    ConsoleSession session = session("one", "revoked: true");
    Outcome outcome = pass(session, host, NOW);
    assertThat(outcome.status().terminationReason()).isEqualTo(TerminationReason.Revoked);
    assertThat(grant(session)).isEmpty();
  }

  @Test
  void aGrantDeletedByHandFailsTheSessionAndIsNotMadeAgain() {
    ConsoleSession session = accepted("one");
    new Grants(cluster.client()).delete(grant(session).orElseThrow());
    Outcome outcome = pass(session, host, NOW.plusSeconds(1));
    assertThat(outcome.status().terminationReason()).isEqualTo(TerminationReason.Failed);
    pass(after(session, outcome), host, NOW.plusSeconds(2));
    assertThat(grant(session)).isEmpty();
  }

  @Test
  void theRelaysWordEndsTheSession() {
    ConsoleSession session = accepted("one");
    GrantEnded ended =
        new GrantEnded(TerminationReason.ClosedByUser, "2026-03-01T12:05:00Z", "pod");
    relaySays(session, new ConsoleGrantStatus(USED, null, null, null, ended));
    Outcome outcome = pass(session, host, NOW.plusSeconds(300));
    assertThat(outcome.status().terminationReason()).isEqualTo(TerminationReason.ClosedByUser);
    assertThat(grant(session).orElseThrow().getSpec().end()).isNull();

    ConsoleSession finished = after(session, outcome);
    Outcome cleaned = pass(finished, host, NOW.plusSeconds(301));
    assertThat(grant(session)).as("confirmed, so it goes at once").isEmpty();
    assertThat(cleaned.next()).contains(NOW.plusSeconds(300 + 3600));
  }

  @Test
  void anUnconfirmedGrantGoesAfterThirtySecondsAndTheSessionAtItsTime() {
    ConsoleSession session = cluster.create(session("one", "ttlSecondsAfterFinished: 100"));
    ConsoleSession open = after(session, pass(session, host, NOW));
    ConsoleSession finished = after(open, pass(open, host, NOW.plusSeconds(600)));
    assertThat(pass(finished, host, NOW.plusSeconds(601)).next()).contains(NOW.plusSeconds(630));
    assertThat(grant(session)).isPresent();
    assertThat(pass(finished, host, NOW.plusSeconds(630)).next()).contains(NOW.plusSeconds(700));
    assertThat(grant(session)).isEmpty();
    assertThat(pass(finished, host, NOW.plusSeconds(700)).status()).isNull();
    assertThat(cluster.client().resource(session).get()).isNull();
  }
}
