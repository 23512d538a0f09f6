// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.sandbox.api.Kinds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ProxmoxHost is no way to read a Secret. */
@ExtendWith(OnInstalledChart.class)
class HostPolicyIT {

  private static final String POLICY = "pveconsole-hosts";

  private final Team team;
  private final KubernetesClient alice;

  HostPolicyIT(InstalledChart chart) {
    team = Team.on(chart);
    alice = team.writer("alice");
  }

  @Test
  void asksForTheCredentialsOfANewHost() {
    Refusals.assertDenied(
        POLICY, "needs the verb 'get' on every Secret that it names: pve7", this::create);
    team.allow("alice", "secrets", "pve7", "get");
    create();
  }

  @Test
  void asksForTheCertificateToo() {
    team.allow("alice", "secrets", "pve7", "get");
    GenericKubernetesResource host = Yaml.host("pve7");
    @SuppressWarnings("unchecked")
    Map<String, Object> spec = (Map<String, Object>) host.getAdditionalProperties().get("spec");
    spec.put("exposure", Map.of("tls", Map.of("secretName", "wildcard")));
    Refusals.assertDenied(POLICY, "pve7, wildcard", () -> create(host));
    team.allow("alice", "secrets", "wildcard", "get");
    create(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spec\":{\"endpoints\":[{\"url\":\"https://evil.example.com\"}]}}",
        "{\"spec\":{\"credentials\":{\"secretRef\":{\"name\":\"other\"}}}}",
        "{\"spec\":{\"tls\":{\"caRef\":{\"name\":\"mine\"}}}}",
        "{\"spec\":{\"relay\":{\"image\":\"evil.example.com/relay\"}}}",
        "{\"spec\":{\"relay\":{\"imagePullSecrets\":[{\"name\":\"other\"}]}}}",
        "{\"spec\":{\"exposure\":{\"tls\":{\"secretName\":\"other\"}}}}"
      })
  void asksAgainWhenTheHostIsRepointed(String patch) {
    adminCreates();
    Refusals.assertDenied(POLICY, "to create or repoint a ProxmoxHost", () -> patch(patch));
    team.allow("alice", "secrets", "pve7", "get");
    team.allow("alice", "secrets", "other", "get");
    patch(patch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spec\":{\"suspend\":true}}",
        "{\"spec\":{\"sessionPolicy\":{\"maxSessions\":5}}}",
        "{\"spec\":{\"relay\":{\"replicas\":3}}}",
        "{\"metadata\":{\"labels\":{\"team\":\"a\"}}}"
      })
  void asksNothingForOtherChanges(String patch) {
    adminCreates();
    patch(patch);
  }

  private void adminCreates() {
    InstalledChart.kind(team.chart().admin(), Kinds.HOST, team.namespace())
        .resource(Yaml.host("pve7"))
        .create();
  }

  private void create() {
    create(Yaml.host("pve7"));
  }

  private void create(GenericKubernetesResource host) {
    InstalledChart.kind(alice, Kinds.HOST, team.namespace()).resource(host).create();
  }

  private void patch(String patch) {
    InstalledChart.kind(alice, Kinds.HOST, team.namespace())
        .withName("pve7")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
