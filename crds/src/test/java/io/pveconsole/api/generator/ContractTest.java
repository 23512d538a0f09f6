// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names, columns and selectable fields that scripts of users rest on. */
class ContractTest {

  @Test
  void sessionsShowTheAgreedColumns() {
    assertThat(columns("consolesessions", 0))
        .containsExactly("Host", "VMID", "Guest", "State", "Requester", "Expires", "Reason", "Age");
    assertThat(columns("consolesessions", 1)).containsExactly("Node", "URL");
  }

  @Test
  void timesToComeAreStringsBecauseKubectlPrintsFutureDatesAsInvalid() {
    assertThat(Crds.crd("consolesessions").at("/spec/versions/0/additionalPrinterColumns"))
        .filteredOn(column -> column.get("name").asText().equals("Expires"))
        .allSatisfy(column -> assertThat(column.get("type").asText()).isEqualTo("string"))
        .hasSize(1);
  }

  @Test
  void hostsShowTheAgreedColumns() {
    assertThat(columns("proxmoxhosts", 0))
        .containsExactly("Ready", "Reason", "Version", "Sessions", "Age");
    assertThat(columns("proxmoxhosts", 1)).containsExactly("URL", "Endpoint");
  }

  @Test
  void sessionsCanBeSelectedByHostRequesterGuestAndState() {
    assertThat(Crds.crd("consolesessions").at("/spec/versions/0/selectableFields"))
        .extracting(field -> field.get("jsonPath").asText())
        .containsExactlyInAnyOrder(
            ".spec.hostRef.name", ".spec.requestedBy", ".spec.target.vmid", ".status.state");
  }

  @Test
  void kindsHaveTheirShortNamesAndCategory() {
    assertThat(Crds.crd("proxmoxhosts").at("/spec/names/shortNames/0").asText()).isEqualTo("pvh");
    assertThat(Crds.crd("consolesessions").at("/spec/names/shortNames/0").asText())
        .isEqualTo("pcs");
    assertThat(List.of("proxmoxhosts", "consolesessions", "consolegrants"))
        .allSatisfy(
            plural -> {
              JsonNode crd = Crds.crd(plural);
              assertThat(crd.at("/spec/names/categories/0").asText()).isEqualTo("pveconsole");
              assertThat(crd.at("/spec/scope").asText()).isEqualTo("Namespaced");
              assertThat(crd.at("/spec/versions/0/subresources/status").isObject()).isTrue();
            });
  }

  @Test
  void reportsOfRelaysAreMapsSoThatEachPodAppliesItsOwn() {
    JsonNode relays = Crds.schema("proxmoxhosts").at("/properties/status/properties/relays");
    assertThat(relays.get("x-kubernetes-list-type").asText()).isEqualTo("map");
    assertThat(relays.get("x-kubernetes-list-map-keys"))
        .extracting(JsonNode::asText)
        .containsExactly("podName");
  }

  private static List<String> columns(String plural, int priority) {
    return Crds.crd(plural)
        .at("/spec/versions/0/additionalPrinterColumns")
        .valueStream()
        .filter(column -> column.path("priority").asInt() == priority)
        .map(column -> column.get("name").asText())
        .toList();
  }
}
