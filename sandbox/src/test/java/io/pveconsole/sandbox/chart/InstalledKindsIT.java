// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.pveconsole.sandbox.api.Kinds;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl shows of the kinds. */
@ExtendWith(OnInstalledChart.class)
class InstalledKindsIT {

  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

  private final ObjectMapper json = new ObjectMapper();
  private final InstalledChart chart;
  private final String namespace;

  InstalledKindsIT(InstalledChart chart) {
    this.chart = chart;
    namespace = chart.namespace();
  }

  @Test
  void sessionsFillTheirColumns() throws Exception {
    session("s", "pve7", 101);
    InstalledChart.kind(chart.operator(), Kinds.SESSION, namespace)
        .withName("s")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status": {"state": "Finished", "expirationTime": "2099-01-01T00:00:00Z",
             "terminationReason": "Revoked", "url": "https://console.example.com/c/x",
             "target": {"name": "web-1", "node": "pve-a", "type": "qemu", "vmid": 101}}}
            """);
    JsonNode table = table("consolesessions");
    assertThat(table.get("columnDefinitions"))
        .extracting(column -> column.get("name").asText())
        .containsExactly(
            "Name",
            "Host",
            "VMID",
            "Guest",
            "State",
            "Requester",
            "Expires",
            "Reason",
            "Age",
            "Node",
            "URL");
    JsonNode cells = table.at("/rows/0/cells");
    assertThat(List.of(0, 1, 2, 3, 4, 6, 7, 9, 10))
        .extracting(index -> cells.get(index).asText())
        .containsExactly(
            "s",
            "pve7",
            "101",
            "web-1",
            "Finished",
            "2099-01-01T00:00:00Z",
            "Revoked",
            "pve-a",
            "https://console.example.com/c/x");
  }

  @Test
  void sessionsCanBeSelected() {
    session("a", "pve7", 101);
    session("b", "pve8", 102);
    assertThat(selected("spec.hostRef.name", "pve8")).containsExactly("b");
    assertThat(selected("spec.target.vmid", "101")).containsExactly("a");
    assertThat(selected("spec.requestedBy", InstalledChart.OPERATOR)).containsExactly("a", "b");
    assertThat(selected("status.state", "Ready")).isEmpty();
  }

  @Test
  void fieldsAreExplained() throws Exception {
    JsonNode kinds = json.readTree(chart.admin().raw("/openapi/v3/apis/pveconsole.io/v1alpha1"));
    JsonNode spec =
        kinds.at("/components/schemas/io.pveconsole.v1alpha1.ConsoleSession/properties/spec");
    assertThat(spec.at("/properties/durationSeconds/description").asText())
        .startsWith("How long it lasts");
  }

  @Test
  void defaultsAreFilledIn() {
    session("d", "pve7", 101);
    GenericKubernetesResource made =
        InstalledChart.kind(chart.admin(), Kinds.SESSION, namespace).withName("d").get();
    assertThat(Kinds.text(made, "spec", "console")).contains("VNC");
    assertThat(Kinds.text(made, "spec", "revoked")).contains("false");
    assertThat(Kinds.text(made, "spec", "ttlSecondsAfterFinished")).contains("3600");
  }

  private void session(String name, String host, int vmid) {
    InstalledChart.kind(chart.operator(), Kinds.SESSION, namespace)
        .resource(Yaml.session(name, host, vmid))
        .create();
  }

  private List<String> selected(String field, String value) {
    return InstalledChart.kind(chart.admin(), Kinds.SESSION, namespace)
        .withField(field, value)
        .list()
        .getItems()
        .stream()
        .map(session -> session.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** As kubectl asks for it. */
  private JsonNode table(String plural) throws Exception {
    HttpClient http = chart.admin().getHttpClient();
    String uri =
        chart.admin().getMasterUrl()
            + "apis/pveconsole.io/v1alpha1/namespaces/"
            + namespace
            + "/"
            + plural;
    HttpRequest request = http.newHttpRequestBuilder().uri(uri).setHeader("Accept", TABLE).build();
    return json.readTree(http.sendAsync(request, String.class).get(10, TimeUnit.SECONDS).body());
  }
}
