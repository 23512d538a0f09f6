// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.certmanager.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator uses each verb of its roles, by the API server's word: without any of them something
 * here would not come to pass, none is there to spare, and it asks for nothing that it lacks.
 */
@ExtendWith(RealCluster.Extension.class)
class RoleIT {

  private static final String PLAIN = "exposure: {publicUrl: \"https://%s.example.com\"}\n";

  private final RealCluster cluster;
  private final Team team;
  private final Team tenant;

  RoleIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
    this.tenant = new Team(cluster);
  }

  @AfterEach
  void leave() {
    team.leave();
    tenant.leave();
  }

  @Test
  void everyVerbIsUsed() {
    LateKinds.install(cluster);
    cluster.admin().leases().inNamespace(Chart.NAMESPACE).withName(Chart.ACCOUNT).delete();
    try (RunningOperator operator = RunningOperator.elected(cluster)) {
      hostsThatChange();
      sessionsThatEnd();
    }
    Awaitility.await("the end of all watches is logged")
        .atMost(Team.LIMIT)
        .untilAsserted(
            () -> assertThat(cluster.audit().used(RealCluster.OPERATOR)).containsAll(declared()));
    assertThat(cluster.audit().forbidden(RealCluster.OPERATOR)).isEmpty();
  }

  private Set<String> declared() {
    Set<String> declared = new TreeSet<>();
    List<PolicyRule> rules =
        new ArrayList<>(
            cluster.admin().resources(ClusterRole.class).withName(Chart.ACCOUNT).get().getRules());
    rules.addAll(
        cluster
            .admin()
            .resources(Role.class)
            .inNamespace(Chart.NAMESPACE)
            .withName(Chart.ACCOUNT + "-leader")
            .get()
            .getRules());
    rules.forEach(
        rule ->
            rule.getApiGroups()
                .forEach(
                    group ->
                        rule.getResources()
                            .forEach(
                                resource ->
                                    rule.getVerbs()
                                        .forEach(
                                            verb ->
                                                declared.add(
                                                    group + "/" + resource + " " + verb)))));
    assertThat(declared).hasSizeGreaterThan(60);
    return declared;
  }

  private void hostsThatChange() {
    String route =
        """
        exposure:
          type: HTTPRoute
          hostname: %s.%s.example.com
          backendTls: true
          httpRoute: {parentRefs: [{name: public}]}
        relay: {autoscaling: {maxReplicas: 4}}
        """;
    team.host("routed", route.formatted("one", team.namespace()));
    team.host(
        "issued",
        """
        exposure:
          type: Ingress
          hostname: issued.%s.example.com
          tls: {issuerRef: {name: internal}}
        """
            .formatted(team.namespace()));
    until("the route", () -> team.at(HTTPRoute.class, "routed-relay").get() != null);
    until("the certificate", () -> team.at(Certificate.class, "issued-relay").get() != null);
    until("the Ingress", () -> team.at(Ingress.class, "issued-relay").get() != null);
    String before = serving();
    team.host("routed", route.formatted("two", team.namespace()));
    until("another certificate for another name", () -> !serving().equals(before));

    team.host("routed", PLAIN.formatted("routed-" + team.namespace()));
    team.host("issued", PLAIN.formatted("issued-" + team.namespace()));
    until(
        "what is no longer wanted goes",
        () ->
            team.at(HTTPRoute.class, "routed-relay").get() == null
                && team.at(HorizontalPodAutoscaler.class, "routed-relay").get() == null
                && team.at(ConfigMap.class, "routed-relay-ca").get() == null
                && team.at(Certificate.class, "issued-relay").get() == null
                && team.at(Ingress.class, "issued-relay").get() == null);
  }

  private String serving() {
    Secret secret = team.at(Secret.class, "routed-relay-tls").get();
    return secret == null ? "" : secret.getData().get("tls.crt");
  }

  private void sessionsThatEnd() {
    team.readyHost(
        "pve", "allowedNamespaces: {from: Selector, selector: {matchLabels: {consoles: \"yes\"}}}");
    cluster
        .admin()
        .namespaces()
        .withName(tenant.namespace())
        .edit(
            namespace -> {
              namespace.getMetadata().setLabels(Map.of("consoles", "yes"));
              return namespace;
            });
    tenant.session("one", "pve, namespace: " + team.namespace(), "ttlSecondsAfterFinished: 0");
    team.session("two", "pve", "");
    team.session("three", "pve", "");
    ConsoleSession one = tenant.inState("one", SessionState.Ready);
    ConsoleSession two = team.inState("two", SessionState.Ready);
    ConsoleSession three = team.inState("three", SessionState.Ready);
    team.at(ConsoleSession.class, "three").delete();
    until("its grant goes", () -> team.grant(three) == null);
    team.opened(two, "gone");
    team.inState("two", SessionState.Connected);
    team.relaySays(
        ProxmoxHost.class,
        "pve",
        "[{\"op\":\"add\",\"path\":\"/status/relays\",\"value\":[{\"podName\":\"gone\"}]}]");
    until("the viewer goes", () -> team.grant(two).getStatus().viewer() == null);
    tenant.change("one", "{\"spec\":{\"revoked\":true}}");
    until(
        "the relay is told",
        () -> team.grant(one) != null && team.grant(one).getSpec().end() != null);
    team.relaySays(
        ConsoleGrant.class,
        one.getMetadata().getUid(),
        """
        [{"op":"add","path":"/status","value":{
          "ended":{"reason":"Revoked","time":"2026-03-01T12:30:00Z","relayPod":"pod"}}}]
        """);
    until("the session goes", () -> tenant.at(ConsoleSession.class, "one").get() == null);
    team.at(ProxmoxHost.class, "pve").delete();
    team.inState("two", SessionState.Finished);
  }
}
