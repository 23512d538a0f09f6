// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions on a real API server, with the operator as the account that the chart gives it. */
@ExtendWith(RealCluster.Extension.class)
class SessionsIT {

  private static final String NAME_OF_50 = "s".repeat(50);

  private final RealCluster cluster;
  private final Team team;
  private final Team other;
  private RunningOperator operator;

  SessionsIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
    this.other = new Team(cluster);
  }

  @BeforeEach
  void start() {
    operator = RunningOperator.on(cluster);
  }

  @AfterEach
  void stop() {
    operator.close();
    team.leave();
    other.leave();
  }

  private TerminationReason ended(String session) {
    return team.inState(session, SessionState.Finished).getStatus().terminationReason();
  }

  @Test
  void ofAHundredAtOnceExactlyTenArePermitted() throws Exception {
    team.readyHost("pve", "sessionPolicy: {maxSessions: 10}");
    List<CompletableFuture<Void>> created = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (int i = 0; i < 100; i++) {
        String name = "s" + i;
        created.add(CompletableFuture.runAsync(() -> team.session(name, "pve", ""), threads));
      }
      CompletableFuture.allOf(created.toArray(CompletableFuture[]::new)).get();
    }
    until(
        "all have an answer",
        () ->
            team.all(ConsoleSession.class).stream()
                    .filter(s -> s.getStatus() != null && s.getStatus().conditions() != null)
                    .count()
                == 100);
    assertThat(team.all(ConsoleGrant.class)).hasSize(10);
    assertThat(team.all(ConsoleSession.class))
        .filteredOn(s -> s.getStatus().state() == SessionState.Ready)
        .hasSize(10);

    String one = team.all(ConsoleGrant.class).get(0).getSpec().session().name();
    team.change(one, "{\"spec\":{\"revoked\":true}}");
    assertThat(ended(one)).isEqualTo(TerminationReason.Revoked);
    until(
        "the free place is taken",
        () ->
            team.all(ConsoleSession.class).stream()
                    .filter(s -> s.getStatus().state() == SessionState.Ready)
                    .count()
                == 10);
  }

  @Test
  void aGrantNeverOutlivesItsSession() {
    team.readyHost("pve", "allowedNamespaces: {from: All}");
    team.session("here", "pve", "");
    other.session("there", "pve, namespace: " + team.namespace(), "");
    ConsoleSession here = team.inState("here", SessionState.Ready);
    ConsoleSession there = other.inState("there", SessionState.Ready);
    assertThat(team.grant(there).getMetadata().getOwnerReferences()).isEmpty();
    team.at(ConsoleSession.class, "here").delete();
    other.at(ConsoleSession.class, "there").delete();
    until("the grants go", () -> team.grant(here) == null && team.grant(there) == null);

    team.session("away", "pve", "");
    ConsoleSession away = team.inState("away", SessionState.Ready);
    operator.close();
    team.at(ConsoleSession.class, "away").delete();
    operator = RunningOperator.on(cluster);
    until("the grant goes when the operator is back", () -> team.grant(away) == null);
  }

  @Test
  void aGrantDeletedByHandIsNotMadeAgain() {
    team.readyHost("pve", "");
    team.session("one", "pve", "");
    ConsoleSession ready = team.inState("one", SessionState.Ready);
    team.at(ConsoleGrant.class, ready.getMetadata().getUid()).delete();
    assertThat(ended("one")).isEqualTo(TerminationReason.Failed);
    assertThat(team.grant(ready)).isNull();
    assertThat(team.at(Secret.class, "one-access").get()).isNull();
  }

  @Test
  void theViewerOfAVanishedPodIsRemovedAndTheSessionSaysSo() {
    team.readyHost("pve", "");
    team.session("one", "pve", "");
    ConsoleSession ready = team.inState("one", SessionState.Ready);
    team.opened(ready, "gone");
    team.inState("one", SessionState.Connected);
    until("the link is of no more use", () -> team.at(Secret.class, "one-access").get() == null);
    team.relaySays(
        ProxmoxHost.class,
        "pve",
        "[{\"op\":\"add\",\"path\":\"/status/relays\",\"value\":[{\"podName\":\"gone\"}]}]");
    until("the viewer goes", () -> team.grant(ready).getStatus().viewer() == null);
    until(
        "the report goes",
        () -> {
          var relays = team.at(ProxmoxHost.class, "pve").get().getStatus().relays();
          return relays == null || relays.isEmpty();
        });
    team.inState("one", SessionState.Ready);
    assertThat(team.grant(ready).getStatus().redemption()).isNotNull();
  }

  @Test
  void finishedSessionsGoAtTheirTimeWithAllThatWasMade() {
    team.readyHost("pve", "");
    team.session("one", "pve", "ttlSecondsAfterFinished: 1");
    ConsoleSession ready = team.inState("one", SessionState.Ready);
    team.opened(ready, "pod");
    team.inState("one", SessionState.Connected);
    team.relaySays(
        ConsoleGrant.class,
        ready.getMetadata().getUid(),
        """
        [{"op":"add","path":"/status/ended",
          "value":{"reason":"ClosedByUser","time":"2026-03-01T12:30:00Z","relayPod":"pod"}}]
        """);
    until("the session goes", () -> team.at(ConsoleSession.class, "one").get() == null);
    assertThat(team.grant(ready)).isNull();
    assertThat(team.all(Secret.class))
        .extracting(secret -> secret.getMetadata().getName())
        .containsExactly("pve-relay-keys");
  }

  @Test
  void aForeignSecretIsNotTouchedAndLongNamesFit() {
    team.readyHost("pve", "");
    cluster
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("db-access")
                .withNamespace(team.namespace())
                .endMetadata()
                .withData(Map.of("password", "aHVudGVy"))
                .build())
        .create();
    team.session("db", "pve", "");
    team.session(NAME_OF_50, "pve", "");
    until(
        "it is named",
        () ->
            team.state("db").filter(s -> s == SessionState.Pending).isPresent()
                && team.at(ConsoleSession.class, "db").get().getStatus().conditions().stream()
                    .anyMatch(c -> c.reason().equals("SecretNameTaken")));
    team.inState(NAME_OF_50, SessionState.Ready);
    assertThat(team.at(Secret.class, "db-access").get().getData()).containsOnlyKeys("password");
    assertThat(team.at(Secret.class, NAME_OF_50 + "-access").get()).isNotNull();
  }

  @Test
  void whatHappensToTheHostHappensToItsSessions() {
    team.readyHost("pve", "");
    team.session("one", "pve", "");
    team.session("two", "pve", "console: Terminal");
    team.inState("one", SessionState.Ready);
    team.inState("two", SessionState.Ready);
    String address = "exposure: {publicUrl: \"https://pve-%s.example.com\"}\n";
    team.host("pve", address.formatted(team.namespace()) + "sessionPolicy: {consoles: [VNC]}");
    assertThat(ended("two")).isEqualTo(TerminationReason.PolicyChanged);
    assertThat(team.state("one")).contains(SessionState.Ready);
    team.at(ProxmoxHost.class, "pve").delete();
    assertThat(ended("one")).isEqualTo(TerminationReason.HostDeleted);
  }

  @Test
  void aSessionMayComeBeforeItsHostAndBeExtended() {
    team.session("one", "pve", "durationSeconds: 100");
    team.inState("one", SessionState.Pending);
    team.readyHost("pve", "");
    String first = team.inState("one", SessionState.Ready).getStatus().expirationTime();
    team.change("one", "{\"spec\":{\"durationSeconds\":500}}");
    until(
        "it lasts longer",
        () ->
            !team.at(ConsoleSession.class, "one").get().getStatus().expirationTime().equals(first));
    ConsoleSession longer = team.at(ConsoleSession.class, "one").get();
    assertThat(team.grant(longer).getSpec().expirationTime())
        .isEqualTo(longer.getStatus().expirationTime());
  }
}
