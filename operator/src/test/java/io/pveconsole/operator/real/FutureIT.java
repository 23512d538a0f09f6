// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fields that a later version may add, in the hands of this one: what it writes leaves them. */
@ExtendWith(RealCluster.Extension.class)
class FutureIT {

  private static final String SPEC = "{\"spec\":{\"later\":\"kept\"}}";
  private static final String STATUS = "{\"status\":{\"later\":\"kept\"}}";

  private final ObjectMapper json = new ObjectMapper();
  private final RealCluster cluster;
  private final Team team;

  FutureIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
  }

  @BeforeEach
  void addFields() {
    Chart.objects().stream()
        .filter(CustomResourceDefinition.class::isInstance)
        .map(CustomResourceDefinition.class::cast)
        .forEach(this::addFields);
  }

  private void addFields(CustomResourceDefinition definition) {
    var schema =
        definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema().getProperties();
    for (String part : new String[] {"spec", "status"}) {
      schema
          .get(part)
          .getProperties()
          .put("later", new JSONSchemaPropsBuilder().withType("string").withMaxLength(10L).build());
    }
    cluster.apply(definition);
  }

  @AfterEach
  void restore() {
    team.leave();
    Chart.objects().stream()
        .filter(CustomResourceDefinition.class::isInstance)
        .forEach(cluster::apply);
  }

  @Test
  void whatALaterVersionAddedStays() {
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "");
      team.session("one", "pve", "");
      ConsoleSession one = team.inState("one", SessionState.Ready);
      String uid = one.getMetadata().getUid();
      add(ProxmoxHost.class, "proxmoxhosts", "pve");
      add(ConsoleSession.class, "consolesessions", "one");
      add(ConsoleGrant.class, "consolegrants", uid);

      team.change("one", "{\"spec\":{\"viewOnly\":true}}");
      until("the grant follows", () -> team.grant(one).getSpec().viewOnly());
      team.opened(one, "gone");
      team.inState("one", SessionState.Connected);
      keep("consolegrants", uid, "spec");
      team.relaySays(
          ProxmoxHost.class,
          "pve",
          "[{\"op\":\"add\",\"path\":\"/status/relays\",\"value\":[{\"podName\":\"gone\"}]}]");
      until("the viewer goes", () -> team.grant(one).getStatus().viewer() == null);
      team.relays("pve", 0);
      until("the host follows", () -> team.is("pve", "RelayAvailable", "False"));
      keep("proxmoxhosts", "pve", "spec");
      keep("proxmoxhosts", "pve", "status");

      team.change("one", "{\"spec\":{\"revoked\":true}}");
      team.inState("one", SessionState.Finished);
      keep("consolesessions", "one", "spec");
      keep("consolesessions", "one", "status");
      assertThat(team.grant(one).getSpec().end()).isNotNull();
      keep("consolegrants", uid, "spec");
    }
  }

  /** The API server takes a moment to learn a schema; a field it does not know it drops. */
  private void add(Class<? extends HasMetadata> type, String plural, String name) {
    PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
    var object = cluster.relays().resources(type).inNamespace(team.namespace()).withName(name);
    until(
        "the fields are taken by " + plural,
        () -> {
          object.patch(merge, SPEC);
          object.subresource("status").patch(merge, STATUS);
          return has(plural, name, "spec") && has(plural, name, "status");
        });
  }

  private void keep(String plural, String name, String part) {
    assertThat(has(plural, name, part)).as(plural + " " + part).isTrue();
  }

  private boolean has(String plural, String name, String part) {
    try {
      JsonNode object =
          json.readTree(
              cluster
                  .admin()
                  .raw(
                      "/apis/pveconsole.io/v1alpha1/namespaces/"
                          + team.namespace()
                          + "/"
                          + plural
                          + "/"
                          + name));
      return object.path(part).path("later").asText().equals("kept");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
