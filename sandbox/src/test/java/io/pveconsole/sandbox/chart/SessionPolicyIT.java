// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.sandbox.api.Kinds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for a console, and who may change what was asked for. */
@ExtendWith(OnInstalledChart.class)
class SessionPolicyIT {

  private static final String POLICY = "pveconsole-sessions";

  private final InstalledChart chart;
  private final Team team;
  private final KubernetesClient alice;
  private final KubernetesClient bob;

  SessionPolicyIT(InstalledChart chart) {
    this.chart = chart;
    team = Team.on(chart);
    alice = team.writer("alice");
    bob = team.writer("bob");
    team.allow("alice", "consoletargets", "pve7.101", "use");
  }

  @Test
  void stampsTheCaller() {
    assertThat(requester(create(alice, Yaml.session("s", "pve7", 101)))).isEqualTo("alice");
  }

  @Test
  void keepsTheRequesterWhenSomebodyElseAppliesTheManifestAgain() {
    create(alice, Yaml.session("s", "pve7", 101));
    team.allow("bob", "proxmoxhosts", "pve7", "manage");
    GenericKubernetesResource again = Yaml.session("s", "pve7", 101);
    again.getMetadata().setNamespace(team.namespace());
    GenericKubernetesResource applied = sessions(bob).resource(again).patch(InstalledChart.APPLY);
    assertThat(requester(applied)).isEqualTo("alice");
  }

  @Test
  void refusesToAskInAnothersName() {
    Refusals.assertDenied(
        POLICY,
        "spec.requestedBy must be 'alice'",
        () -> create(alice, requestedBy(Yaml.session("s", "pve7", 101), "bob")));
  }

  @Test
  void letsAnImpersonatorAskForOthers() {
    String portal = "portal-" + team.namespace();
    KubernetesClient client = team.writer(portal);
    team.allow(portal, "proxmoxhosts", "pve7", "use");
    mayImpersonate(portal, "carol");
    assertThat(requester(create(client, requestedBy(Yaml.session("s", "pve7", 101), "carol"))))
        .isEqualTo("carol");
    Refusals.assertDenied(
        POLICY,
        "spec.requestedBy must be",
        () -> create(client, requestedBy(Yaml.session("t", "pve7", 101), "dave")));
  }

  @Test
  void asksForUseOfTheHostOrTheGuest() {
    create(alice, Yaml.session("mine", "pve7", 101));
    Refusals.assertDenied(
        POLICY,
        "alice may not open VM 102 of ProxmoxHost " + team.namespace() + "/pve7",
        () -> create(alice, Yaml.session("other-guest", "pve7", 102)));
    Refusals.assertDenied(
        POLICY, "'pve8.101'", () -> create(alice, Yaml.session("other-host", "pve8", 101)));
    team.allow("alice", "proxmoxhosts", "pve8", "use");
    create(alice, Yaml.session("whole-host", "pve8", 777));
  }

  @Test
  void asksInTheNamespaceOfTheHost() {
    Team infra = Team.on(chart);
    GenericKubernetesResource session = Yaml.session("s", "pve7", 101);
    spec(session).put("hostRef", Map.of("name", "pve7", "namespace", infra.namespace()));
    Refusals.assertDenied(POLICY, infra.namespace() + "/pve7", () -> create(alice, session));
    infra.allow("alice", "consoletargets", "pve7.101", "use");
    create(alice, session);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spec\":{\"durationSeconds\":700}}",
        "{\"spec\":{\"viewOnly\":true}}",
        "{\"spec\":{\"clipboard\":\"None\"}}",
        "{\"spec\":{\"idleTimeoutSeconds\":60}}",
        "{\"spec\":{\"ttlSecondsAfterFinished\":1}}"
      })
  void letsOnlyTheRequesterOrAManagerChange(String patch) {
    create(alice, Yaml.session("s", "pve7", 101));
    team.allow("bob", "proxmoxhosts", "pve7", "use");
    Refusals.assertDenied(POLICY, "only the requester", () -> patch(bob, patch));
    team.allow("bob", "proxmoxhosts", "pve7", "manage");
    patch(bob, patch);
    GenericKubernetesResource second = Yaml.session("s2", "pve7", 101);
    create(alice, second);
    sessions(alice).withName("s2").patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spec\":{\"durationSeconds\":700}}",
        "{\"spec\":{\"idleTimeoutSeconds\":700}}",
        "{\"spec\":{\"idleTimeoutSeconds\":null}}",
        "{\"spec\":{\"viewOnly\":false}}",
        "{\"spec\":{\"clipboard\":\"Both\"}}",
        "{\"spec\":{\"clipboard\":\"FromGuest\"}}"
      })
  void asksForUseAgainBeforeWidening(String patch) {
    team.allow("erin", "proxmoxhosts", "pve7", "manage");
    KubernetesClient erin = team.writer("erin");
    GenericKubernetesResource narrow = Yaml.session("s", "pve7", 101);
    spec(narrow).putAll(Map.of("viewOnly", true, "clipboard", "ToGuest", "idleTimeoutSeconds", 60));
    create(alice, narrow);
    Refusals.assertDenied(POLICY, "only by who may open it now", () -> patch(erin, patch));
    patch(erin, "{\"spec\":{\"clipboard\":\"None\",\"idleTimeoutSeconds\":30}}");
    team.allow("erin", "proxmoxhosts", "pve7", "use");
    patch(erin, patch);
  }

  @Test
  void needsNothingButUpdateToEndOrLabelASession() {
    create(alice, Yaml.session("s", "pve7", 101));
    patch(bob, "{\"metadata\":{\"labels\":{\"seen\":\"yes\"}}}");
    patch(bob, "{\"spec\":{\"revoked\":true}}");
    assertThat(Kinds.text(sessions(alice).withName("s").get(), "spec", "revoked")).contains("true");
  }

  private void mayImpersonate(String user, String whom) {
    String name = "impersonate-" + user;
    chart
        .admin()
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("users")
                .withResourceNames(whom)
                .withVerbs("impersonate")
                .endRule()
                .build())
        .create();
    chart
        .admin()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>>
      sessions(KubernetesClient client) {
    return InstalledChart.kind(client, Kinds.SESSION, team.namespace());
  }

  private GenericKubernetesResource create(
      KubernetesClient client, GenericKubernetesResource session) {
    return sessions(client).resource(session).create();
  }

  private void patch(KubernetesClient client, String patch) {
    sessions(client).withName("s").patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static String requester(GenericKubernetesResource session) {
    return Kinds.text(session, "spec", "requestedBy").orElse("");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> spec(GenericKubernetesResource session) {
    return (Map<String, Object>) session.getAdditionalProperties().get("spec");
  }

  private static GenericKubernetesResource requestedBy(
      GenericKubernetesResource session, String user) {
    spec(session).put("requestedBy", user);
    return session;
  }
}
