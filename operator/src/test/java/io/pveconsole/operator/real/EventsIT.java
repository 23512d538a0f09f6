// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What `kubectl describe` tells of a host and a session: one event for each thing, and no more. */
@ExtendWith(RealCluster.Extension.class)
class EventsIT {

  private static final String REPORT =
      """
      [{"op":"add","path":"/status/relays","value":[{"podName":"pod","endpoints":[
        {"url":"https://192.0.2.7:8006"%s}]}]}]
      """;

  private final RealCluster cluster;
  private final Team team;

  EventsIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
  }

  @AfterEach
  void leave() {
    cluster.admin().pods().inNamespace(team.namespace()).withGracePeriod(0).delete();
    team.leave();
  }

  private List<String> events(String kind, String name) {
    return cluster.admin().v1().events().inNamespace(team.namespace()).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getKind().equals(kind))
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(event -> event.getType() + " " + event.getReason())
        .toList();
  }

  private void tells(String kind, String name, String event) {
    until(name + " tells " + event, () -> events(kind, name).contains(event));
  }

  @Test
  void aHostTellsWhatChanges() {
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.host(
          "pve",
          "exposure: {type: Ingress, hostname: %s.example.com, backendTls: true}"
              .formatted(team.namespace()));
      tells("ProxmoxHost", "pve", "Normal CertificateIssued");
      tells("ProxmoxHost", "pve", "Normal Applied");
      Pods.create(cluster, team.namespace(), "pod");
      team.relays("pve", 1);
      tells("ProxmoxHost", "pve", "Normal Available");

      team.relaySays(ProxmoxHost.class, "pve", REPORT.formatted(""));
      tells("ProxmoxHost", "pve", "Normal Verified");
      team.relaySays(
          ProxmoxHost.class,
          "pve",
          REPORT.formatted(",\"step\":\"auth\",\"reason\":\"LoginRefused\""));
      tells("ProxmoxHost", "pve", "Warning LoginRefused");
      team.relays("pve", 0);
      tells("ProxmoxHost", "pve", "Warning RelayUnavailable");
    }
    String before = certificate();
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(61));
    try (RunningOperator operator = RunningOperator.at(cluster, later)) {
      until("the certificate is renewed", () -> !certificate().equals(before));
      until(
          "and that is told",
          () ->
              events("ProxmoxHost", "pve").stream()
                      .filter("Normal CertificateIssued"::equals)
                      .count()
                  == 2);
    }
  }

  private String certificate() {
    return team.at(Secret.class, "pve-relay-tls").get().getData().get("tls.crt");
  }

  @Test
  void aSessionTellsItsLife() {
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "sessionPolicy: {consoles: [VNC]}");
      team.session("refused", "pve", "console: Terminal");
      tells("ConsoleSession", "refused", "Warning Refused");
      assertThat(events("ConsoleSession", "refused")).hasSize(1);

      team.session("one", "pve", "durationSeconds: 600");
      ConsoleSession one = team.inState("one", SessionState.Ready);
      tells("ConsoleSession", "one", "Normal LinkReady");
      team.opened(one, "pod");
      tells("ConsoleSession", "one", "Normal ViewerConnected");
      team.change("one", "{\"spec\":{\"durationSeconds\":900}}");
      tells("ConsoleSession", "one", "Normal Extended");
      team.relaySays(
          ConsoleGrant.class,
          one.getMetadata().getUid(),
          "[{\"op\":\"remove\",\"path\":\"/status/viewer\"}]");
      tells("ConsoleSession", "one", "Warning Disconnected");
      team.change("one", "{\"spec\":{\"revoked\":true}}");
      tells("ConsoleSession", "one", "Normal Revoked");
      assertThat(events("ConsoleSession", "one")).hasSize(5);

      team.session("expired", "pve", "durationSeconds: 60");
      team.inState("expired", SessionState.Ready);
    }
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(61));
    try (RunningOperator operator = RunningOperator.at(cluster, later)) {
      until(
          "its end is told",
          () ->
              events("ConsoleSession", "expired").contains("Normal Expired")
                  || events("ConsoleSession", "expired").contains("Normal LinkExpired"));
    }
  }
}
