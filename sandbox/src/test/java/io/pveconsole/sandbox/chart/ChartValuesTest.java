// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pveconsole.sandbox.SandboxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values: a wrong one is refused by its name, and the schema knows every one. */
class ChartValuesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operator: {replicas: two}        | /operator/replicas",
        "operator: {replicas: -1}         | /operator/replicas",
        "operator: {replica: 2}           | replica",
        "oprator: {replicas: 2}           | oprator",
        "watchNamespaces: team-a          | /watchNamespaces",
        "watchNamespaces: [Team_A]        | /watchNamespaces/0",
        "watchNamespaces: [a, a]          | /watchNamespaces",
        "crds: {enabled: 'yes'}           | /crds/enabled",
        "crds: {keep: null, kep: true}    | kep",
        "admission: {stamp: v2}           | /admission/stamp",
        "admission: {operatorAccounts: [alice]} | /admission/operatorAccounts/0",
        "relay: {image: {digest: abc}}    | /relay/image/digest",
        "operator: {image: {pullPolicy: Sometimes}} | /operator/image/pullPolicy",
        "imagePullSecrets: [regcred]      | /imagePullSecrets/0",
      })
  void refusesABadValueByName(String values, String name) throws IOException {
    @SuppressWarnings("unchecked")
    Map<String, Object> map = new YAMLMapper().readValue(values, Map.class);
    assertThatThrownBy(() -> Rendered.with(map))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining(name);
  }

  @Test
  void describesEveryValueInTheSchema() throws IOException {
    JsonNode values = new YAMLMapper().readTree(Rendered.CHART.resolve("values.yaml").toFile());
    JsonNode schema =
        new YAMLMapper().readTree(Rendered.CHART.resolve("values.schema.json").toFile());
    List<String> unknown = new ArrayList<>();
    compare(values, schema, "", unknown);
    assertThat(unknown).isEmpty();
  }

  private static void compare(JsonNode values, JsonNode schema, String path, List<String> unknown) {
    if (!schema.has("properties")) {
      return;
    }
    if (schema.path("additionalProperties").asBoolean(true)) {
      unknown.add(path + " accepts any property");
    }
    schema
        .get("properties")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!values.has(name) && !name.equals("global")) {
                unknown.add(path + "/" + name + " has no default in values.yaml");
              }
            });
    values
        .properties()
        .forEach(
            value -> {
              String at = path + "/" + value.getKey();
              if (schema.get("properties").has(value.getKey())) {
                compare(
                    value.getValue(), schema.get("properties").get(value.getKey()), at, unknown);
              } else {
                unknown.add(at + " is not in the schema");
              }
            });
  }
}
