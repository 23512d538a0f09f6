// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts on a real API server, with the operator as the account that the chart gives it. */
@ExtendWith(RealCluster.Extension.class)
class HostsIT {

  private final RealCluster cluster;
  private final Team team;
  private RunningOperator operator;

  HostsIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
  }

  @BeforeEach
  void start() {
    operator = RunningOperator.on(cluster);
  }

  @AfterEach
  void stop() {
    operator.close();
    team.leave();
  }

  private int replicas() {
    return team.at(Deployment.class, "pve-relay").get().getSpec().getReplicas();
  }

  @Test
  void whatDriftsIsRepaired() {
    team.readyHost("pve", "");
    until("the policies are seen", () -> team.is("pve", "AdmissionEnforced", "True"));
    for (var type :
        List.of(Service.class, NetworkPolicy.class, PodDisruptionBudget.class, Role.class)) {
      String before = team.at(type, "pve-relay").get().getMetadata().getUid();
      team.at(type, "pve-relay").delete();
      until(
          type.getSimpleName() + " is made again",
          () -> {
            var now = team.at(type, "pve-relay").get();
            return now != null && !now.getMetadata().getUid().equals(before);
          });
    }
    String image = "registry.example.com/evil:1";
    team.at(Deployment.class, "pve-relay")
        .edit(
            d -> {
              d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(image);
              return d;
            });
    until(
        "the image is repaired",
        () ->
            team.at(Deployment.class, "pve-relay")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage()
                .equals("relay:test"));
  }

  @Test
  void whatIsForeignIsNamedAndLeftAlone() {
    cluster
        .admin()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("pve-relay")
                .withNamespace(team.namespace())
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .endSpec()
                .build())
        .create();
    String before = team.at(Service.class, "pve-relay").get().getMetadata().getResourceVersion();
    team.host("pve", "exposure: {publicUrl: \"https://foreign.example.com\"}");
    until("it is named", () -> team.says("pve", "RelayAvailable", "NameTaken"));
    assertThat(team.condition("pve", "Ready").orElseThrow().message())
        .contains("Service/pve-relay");
    assertThat(team.at(Service.class, "pve-relay").get().getMetadata().getResourceVersion())
        .isEqualTo(before);
  }

  @Test
  void anotherTenantCannotTakeThePublicAddress() {
    Team stranger = new Team(cluster);
    String hostname = "consoles-" + team.namespace() + ".example.com";
    String route = "exposure: {type: Ingress, hostname: \"%s\", path: %s}";
    stranger.host("older", "exposure: {publicUrl: \"https://x-%s\"}".formatted(hostname));
    team.host("pve", route.formatted(hostname, "/pve7"));
    until("it is routed", () -> team.at(Ingress.class, "pve-relay").get() != null);
    until("it has its address", () -> team.at(ProxmoxHost.class, "pve").get().getStatus() != null);
    stranger.host("older", route.formatted(hostname, "/pve7/c"));
    stranger.host("newer", route.formatted(hostname, "/"));
    for (String host : List.of("older", "newer")) {
      until(host + " is told", () -> stranger.says(host, "RouteReady", "HostnameConflict"));
      assertThat(stranger.at(Ingress.class, host + "-relay").get()).isNull();
      assertThat(stranger.at(ProxmoxHost.class, host).get().getStatus().url()).isNull();
    }
    assertThat(team.says("pve", "RouteReady", "HostnameConflict")).isFalse();
    stranger.leave();
  }

  @Test
  void anAutoscalerTakesOverWithoutReset() {
    team.readyHost("pve", "relay: {replicas: 5}");
    String auto =
        "exposure: {publicUrl: \"https://auto.example.com\"}\n"
            + "relay: {replicas: 5, autoscaling: {minReplicas: 2, maxReplicas: 9}}";
    team.host("pve", auto);
    until(
        "the autoscaler", () -> team.at(HorizontalPodAutoscaler.class, "pve-relay").get() != null);
    assertThat(replicas()).isEqualTo(5);

    team.at(Deployment.class, "pve-relay").scale(7);
    team.host("pve", auto.replace("maxReplicas: 9", "maxReplicas: 8"));
    until(
        "the change is applied",
        () ->
            team.at(HorizontalPodAutoscaler.class, "pve-relay").get().getSpec().getMaxReplicas()
                == 8);
    operator.close();
    operator = RunningOperator.on(cluster);
    team.host("pve", auto.replace("autoscaling:", "drainSeconds: 40, autoscaling:"));
    until(
        "the drain time is applied",
        () ->
            team.at(Deployment.class, "pve-relay")
                    .get()
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getTerminationGracePeriodSeconds()
                == 55);
    assertThat(replicas()).isEqualTo(7);

    team.host("pve", "exposure: {publicUrl: \"https://auto.example.com\"}\nrelay: {replicas: 3}");
    until("the number is the host's again", () -> replicas() == 3);
    until(
        "no autoscaler is left",
        () -> team.at(HorizontalPodAutoscaler.class, "pve-relay").get() == null);
  }

  @Test
  void backendTlsIsMadeAndWithdrawn() {
    String exposure = "exposure: {type: Ingress, hostname: tls.example.com, backendTls: %s}";
    team.host("pve", exposure.formatted(true));
    until("the CA", () -> team.at(ConfigMap.class, "pve-relay-ca").get() != null);
    until("the Ingress", () -> team.at(Ingress.class, "pve-relay").get() != null);
    assertThat(team.at(Secret.class, "pve-relay-tls").get().getType())
        .isEqualTo("kubernetes.io/tls");
    assertThat(
            team.at(Service.class, "pve-relay").get().getSpec().getPorts().get(0).getAppProtocol())
        .isEqualTo("https");
    team.host("pve", exposure.formatted(false));
    until("the CA goes", () -> team.at(ConfigMap.class, "pve-relay-ca").get() == null);
    assertThat(team.at(Secret.class, "pve-relay-tls").get()).isNull();
    assertThat(team.at(Secret.class, "pve-relay-ca").get()).isNull();
  }

  @Test
  void kindsThatComeLaterAreNoticed() {
    LateKinds.remove(cluster);
    team.host(
        "pve",
        """
        exposure:
          type: HTTPRoute
          hostname: late.example.com
          backendTls: true
          httpRoute: {parentRefs: [{name: public}]}
        """);
    team.host(
        "issued",
        """
        exposure:
          type: Ingress
          hostname: issued.example.com
          tls: {issuerRef: {name: internal}}
        """);
    until("the cure is named", () -> team.says("pve", "RouteReady", "GatewayApiAbsent"));
    until("the other cure too", () -> team.says("issued", "RouteReady", "CertManagerAbsent"));
    LateKinds.install(cluster);
    until("the route is made", () -> team.says("pve", "RouteReady", "RoutePending"));
    until("so is the certificate", () -> team.says("issued", "RouteReady", "CertificateNotReady"));
    LateKinds.accept(cluster, team.namespace(), "pve-relay");
    until("a Gateway takes it", () -> team.is("pve", "RouteReady", "True"));
    LateKinds.issue(cluster, team.namespace(), "issued-relay");
    until("it is issued", () -> team.is("issued", "RouteReady", "True"));

    LateKinds.deleteRoute(cluster, team.namespace(), "pve-relay");
    until(
        "the route is made again",
        () -> LateKinds.hasRoute(cluster, team.namespace(), "pve-relay"));
    new Quiet(cluster).await();
  }
}
