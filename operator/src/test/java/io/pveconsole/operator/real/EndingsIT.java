// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.status.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts that go or change under their sessions. */
@ExtendWith(RealCluster.Extension.class)
class EndingsIT {

  private static final String ROUTED =
      """
      exposure:
        type: HTTPRoute
        hostname: %s.example.com
        httpRoute: {parentRefs: [{name: public}]}
        backendTls: true
      allowedNamespaces: {from: All}
      """;
  private static final String UNREACHABLE =
      """
      [{"op":"add","path":"/status/relays","value":[{"podName":"gone","endpoints":[
        {"url":"https://192.0.2.7:8006","step":"tcp","reason":"Unreachable"}]}]}]
      """;

  private final RealCluster cluster;
  private final Team team;
  private final Team other;

  EndingsIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
    this.other = new Team(cluster);
  }

  @AfterEach
  void leave() {
    team.leave();
    other.leave();
  }

  private TerminationReason ended(Team of, String session) {
    return of.inState(session, SessionState.Finished).getStatus().terminationReason();
  }

  private void ours(String name, String host, String more) {
    team.session(name, host, more);
  }

  private void theirs(String name, String more) {
    other.session(name, "pve, namespace: " + team.namespace(), more);
  }

  @Test
  void aHostGoesCleanlyThoughEverythingIsBroken() {
    LateKinds.install(cluster);
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.host("pve", ROUTED.formatted(team.namespace()));
      until("the route", () -> team.at(HTTPRoute.class, "pve-relay").get() != null);
      team.relays("pve", 1);
      until("a relay", () -> team.is("pve", "RelayAvailable", "True"));
      ours("here", "pve", "ttlSecondsAfterFinished: 0");
      theirs("there", "ttlSecondsAfterFinished: 0");
      ConsoleSession here = team.inState("here", SessionState.Ready);
      ConsoleSession there = other.inState("there", SessionState.Ready);

      team.opened(here, "gone");
      team.relaySays(ProxmoxHost.class, "pve", UNREACHABLE);
      team.relays("pve", 0);
      LateKinds.remove(cluster);
      replaceTheServiceByAForeignOne();
      until("all is lost", () -> team.says("pve", "RelayAvailable", "NameTaken"));

      team.at(ProxmoxHost.class, "pve").delete();
      until("it goes at once", () -> team.at(ProxmoxHost.class, "pve").get() == null);
      until(
          "so do its sessions, wherever they are, and their grants",
          () ->
              team.at(ConsoleSession.class, "here").get() == null
                  && other.at(ConsoleSession.class, "there").get() == null
                  && team.grant(here) == null
                  && team.grant(there) == null);
      assertThat(Leftovers.of(team)).containsExactly("Service/pve-relay");
      assertThat(Leftovers.of(other)).isEmpty();
    }
  }

  private void replaceTheServiceByAForeignOne() {
    team.at(Service.class, "pve-relay")
        .edit(
            service ->
                new ServiceBuilder(service)
                    .editMetadata()
                    .withOwnerReferences()
                    .withLabels(Map.of())
                    .endMetadata()
                    .build());
  }

  @Test
  void withoutRelaysForFiveMinutesAnOpenedSessionIsLost() {
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "");
      ours("opened", "pve", "");
      ours("unopened", "pve", "");
      ConsoleSession opened = team.inState("opened", SessionState.Ready);
      team.inState("unopened", SessionState.Ready);
      team.opened(opened, "gone");
      team.inState("opened", SessionState.Connected);
      team.relaySays(
          ProxmoxHost.class,
          "pve",
          "[{\"op\":\"add\",\"path\":\"/status/relays\",\"value\":[{\"podName\":\"gone\"}]}]");
      team.relays("pve", 0);
      until(
          "it says so",
          () ->
              Conditions.find(
                      team.at(ConsoleSession.class, "opened").get().getStatus().conditions(),
                      "Connected")
                  .filter(c -> c.reason().equals("RelayLost"))
                  .isPresent());
      new Quiet(cluster).await();
      assertThat(team.state("opened")).contains(SessionState.Pending);
    }
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5).plusSeconds(1));
    try (RunningOperator operator = RunningOperator.at(cluster, later)) {
      assertThat(ended(team, "opened")).isEqualTo(TerminationReason.RelayLost);
      assertThat(team.state("unopened")).contains(SessionState.Pending);
      team.relays("pve", 1);
      team.inState("unopened", SessionState.Ready);
    }
  }

  @Test
  void aHostThatClosesItsDoorsEndsWhatIsOpen() {
    String address = "exposure: {publicUrl: \"https://pve-%s.example.com\"}\n";
    address = address.formatted(team.namespace());
    String chosen = "allowedNamespaces: {from: Selector, selector: {matchLabels: {desk: \"%s\"}}}";
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "allowedNamespaces: {from: All}");
      theirs("all", "");
      ours("own", "pve", "");
      other.inState("all", SessionState.Ready);
      team.inState("own", SessionState.Ready);

      team.host("pve", address + chosen.formatted("one"));
      assertThat(ended(other, "all")).isEqualTo(TerminationReason.PolicyChanged);
      theirs("unlabelled", "");
      assertThat(ended(other, "unlabelled")).isEqualTo(TerminationReason.Refused);

      label("one");
      theirs("labelled", "");
      other.inState("labelled", SessionState.Ready);
      team.host("pve", address + chosen.formatted("two"));
      assertThat(ended(other, "labelled")).isEqualTo(TerminationReason.PolicyChanged);

      label("two");
      theirs("again", "");
      other.inState("again", SessionState.Ready);
      label("three");
      assertThat(ended(other, "again")).isEqualTo(TerminationReason.PolicyChanged);

      label("two");
      theirs("last", "");
      other.inState("last", SessionState.Ready);
      team.host("pve", address + "allowedNamespaces: {from: Same}");
      assertThat(ended(other, "last")).isEqualTo(TerminationReason.PolicyChanged);
      assertThat(team.state("own")).contains(SessionState.Ready);
    }
  }

  private void label(String desk) {
    cluster
        .admin()
        .namespaces()
        .withName(other.namespace())
        .edit(
            namespace -> {
              namespace.getMetadata().setLabels(Map.of("desk", desk));
              return namespace;
            });
  }
}
