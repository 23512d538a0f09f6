// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.pveconsole.sandbox.api.Kinds;
import io.pveconsole.sandbox.api.KubernetesApi.AccountRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who writes a status, and who a grant: the operator, and each relay for its own part. */
@ExtendWith(OnInstalledChart.class)
class StatusPolicyIT {

  private static final String STATUS = "pveconsole-status";
  private static final String GRANTS = "pveconsole-grants";
  private static final String GRANT = "0b6cf2f1-1a5e-4a43-9a52-d3a3b6d0c7f1";
  private static final String REDEEMED =
      "{\"status\":{\"redemption\":{\"nonceSha256\":\"00\",\"time\":\"2026-11-21T12:05:00Z\"}}}";

  private final InstalledChart chart;
  private final Team team;

  StatusPolicyIT(InstalledChart chart) {
    this.chart = chart;
    team = Team.on(chart);
    create(Kinds.HOST, Yaml.host("pve7"));
    create(Kinds.HOST, Yaml.host("pve8"));
    create(Kinds.GRANT, Yaml.grant(GRANT, "pve7"));
    create(Kinds.SESSION, Yaml.session("s", "pve7", 101));
  }

  @Test
  void keepsPeopleAwayWhateverRoleTheyHave() {
    for (KubernetesClient person : new KubernetesClient[] {team.writer("mallory"), chart.admin()}) {
      Refusals.assertDenied(
          STATUS,
          "the status of consolesessions is written by the operator",
          () -> status(person, Kinds.SESSION, "s", "{\"status\":{\"state\":\"Ready\"}}"));
      Refusals.assertDenied(
          STATUS,
          "the status of proxmoxhosts",
          () -> status(person, Kinds.HOST, "pve7", "{\"status\":{\"url\":\"https://evil\"}}"));
      Refusals.assertDenied(
          STATUS,
          "the status of consolegrants",
          () -> status(person, Kinds.GRANT, GRANT, REDEEMED));
    }
  }

  @Test
  void letsTheOperatorWriteEveryStatus() {
    KubernetesClient operator = operator();
    status(operator, Kinds.SESSION, "s", "{\"status\":{\"state\":\"Ready\"}}");
    status(operator, Kinds.HOST, "pve7", "{\"status\":{\"url\":\"https://console\"}}");
    assertThat(Kinds.text(get(Kinds.SESSION, "s"), "status", "state")).contains("Ready");
  }

  @Test
  void letsARelayWriteItsOwnEntryOnly() {
    status(
        operator(),
        Kinds.HOST,
        "pve7",
        "{\"status\":{\"url\":\"https://console\",\"relays\":[{\"podName\":\"other\"}]}}");
    KubernetesClient relay = relay("pve7", "pve7-relay-1", true);
    report(relay, "pve7-relay-1", "{podName: pve7-relay-1, keyId: k1}");
    report(relay, "pve7-relay-1", "{podName: pve7-relay-1, keyId: k2}");
    assertThat(get(Kinds.HOST, "pve7").toString()).contains("k2").contains("other");
    String own = "a relay writes its own pod's entry of status.relays only";
    Refusals.assertDenied(
        STATUS, own, () -> report(relay, "pve7-relay-1", "{podName: pve7-relay-2}"));
    Refusals.assertDenied(
        STATUS, own, () -> report(relay, "pve7-relay-1", "{podName: other, keyId: forged}"));
    Refusals.assertDenied(
        STATUS,
        own,
        () -> status(relay, Kinds.HOST, "pve7", "{\"status\":{\"url\":\"https://evil\"}}"));
    Refusals.assertDenied(
        STATUS, own, () -> status(relay, Kinds.HOST, "pve7", "{\"status\":{\"url\":null}}"));
    Refusals.assertDenied(
        STATUS,
        own,
        () ->
            status(
                relay,
                Kinds.HOST,
                "pve7",
                "{\"status\":{\"relays\":[{\"podName\":\"pve7-relay-1\"}]}}"));
  }

  @Test
  void wantsATokenOfThePod() {
    KubernetesClient unbound = relay("pve7", "pve7-relay-1", false);
    Refusals.assertDenied(
        STATUS,
        "with a token that is bound to the pod",
        () -> report(unbound, "pve7-relay-1", "{podName: pve7-relay-1}"));
  }

  @Test
  void keepsARelayToItsOwnHost() {
    KubernetesClient other = relay("pve8", "pve8-relay-1", true);
    Refusals.assertDenied(
        STATUS,
        "by the relays of its own host only",
        () -> report(other, "pve8-relay-1", "{podName: pve8-relay-1}"));
    Refusals.assertDenied(
        STATUS,
        "by the relays of its own host only",
        () -> status(other, Kinds.GRANT, GRANT, REDEEMED));
    KubernetesClient own = relay("pve7", "pve7-relay-1", true);
    status(own, Kinds.GRANT, GRANT, REDEEMED);
    Refusals.assertDenied(
        STATUS,
        "the status of consolesessions",
        () -> status(own, Kinds.SESSION, "s", "{\"status\":{\"state\":\"Ready\"}}"));
  }

  @Test
  void letsOnlyTheOperatorMakeOrChangeGrants() {
    KubernetesClient mallory = team.writer("mallory");
    for (KubernetesClient person : new KubernetesClient[] {mallory, chart.admin()}) {
      Refusals.assertDenied(
          GRANTS,
          "a ConsoleGrant is written by the operator only",
          () ->
              InstalledChart.kind(person, Kinds.GRANT, team.namespace())
                  .resource(Yaml.grant("forged", "pve7"))
                  .create());
      Refusals.assertDenied(
          GRANTS, "by the operator only", () -> patch(person, "{\"spec\":{\"viewOnly\":true}}"));
      Refusals.assertDenied(
          GRANTS,
          "by the operator only",
          () -> patch(person, "{\"metadata\":{\"labels\":{\"pveconsole.io/host\":\"pve8\"}}}"));
    }
    patch(mallory, "{\"metadata\":{\"finalizers\":[\"example.com/gc\"]}}");
    patch(operator(), "{\"spec\":{\"viewOnly\":true}}");
  }

  private KubernetesClient operator() {
    return chart.account(AccountRequest.unbound(Rendered.NAMESPACE, "pveconsole-operator"));
  }

  /** A relay as the operator and the kubelet make it, with more rights than it needs. */
  private KubernetesClient relay(String host, String podName, boolean bound) {
    String account = host + "-relay";
    team.writer("system:serviceaccount:" + team.namespace() + ":" + account);
    chart
        .admin()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(account)
                .withNamespace(team.namespace())
                .endMetadata()
                .build())
        .create();
    Pod pod =
        chart
            .admin()
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withName(podName)
                    .withNamespace(team.namespace())
                    .endMetadata()
                    .withNewSpec()
                    .withServiceAccountName(account)
                    .addNewContainer()
                    .withName("relay")
                    .withImage("none")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
    return chart.account(
        bound
            ? new AccountRequest(team.namespace(), account, podName, pod.getMetadata().getUid())
            : AccountRequest.unbound(team.namespace(), account));
  }

  private void report(KubernetesClient relay, String manager, String entry) {
    GenericKubernetesResource report =
        Yaml.parse(
            """
            apiVersion: pveconsole.io/v1alpha1
            kind: ProxmoxHost
            metadata: {name: pve7, namespace: %s}
            status: {relays: [%s]}
            """
                .formatted(team.namespace(), entry));
    InstalledChart.kind(relay, Kinds.HOST, team.namespace())
        .resource(report)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(true)
                .build(),
            report);
  }

  private void create(ResourceDefinitionContext kind, GenericKubernetesResource object) {
    InstalledChart.kind(chart.operator(), kind, team.namespace()).resource(object).create();
  }

  private GenericKubernetesResource get(ResourceDefinitionContext kind, String name) {
    return InstalledChart.kind(chart.admin(), kind, team.namespace()).withName(name).get();
  }

  private void status(
      KubernetesClient client, ResourceDefinitionContext kind, String name, String patch) {
    InstalledChart.kind(client, kind, team.namespace())
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private void patch(KubernetesClient client, String patch) {
    InstalledChart.kind(client, Kinds.GRANT, team.namespace())
        .withName(GRANT)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
