// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.api.generator.Crds;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.host.AllowedNamespaces;
import io.pveconsole.api.v1alpha1.host.Autoscaling;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.IssuerRef;
import io.pveconsole.api.v1alpha1.host.KeyRef;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import io.pveconsole.api.v1alpha1.host.RelaySettings;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The API server's defaults and those of the records are the same. */
class DefaultsTest {

  private final ObjectMapper json = new ObjectMapper();

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of(ProxmoxHostSpec.class, "proxmoxhosts", "spec"),
        Arguments.of(Exposure.class, "proxmoxhosts", "spec/exposure"),
        Arguments.of(IssuerRef.class, "proxmoxhosts", "spec/exposure/tls/issuerRef"),
        Arguments.of(KeyRef.class, "proxmoxhosts", "spec/tls/caRef"),
        Arguments.of(AllowedNamespaces.class, "proxmoxhosts", "spec/allowedNamespaces"),
        Arguments.of(SessionPolicy.class, "proxmoxhosts", "spec/sessionPolicy"),
        Arguments.of(RelaySettings.class, "proxmoxhosts", "spec/relay"),
        Arguments.of(Autoscaling.class, "proxmoxhosts", "spec/relay/autoscaling"),
        Arguments.of(ConsoleSessionSpec.class, "consolesessions", "spec"),
        Arguments.of(GrantSession.class, "consolegrants", "spec/session"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void agree(Class<?> type, String plural, String path) throws Exception {
    JsonNode schema = Crds.schema(plural);
    for (String name : path.split("/")) {
      schema = schema.get("properties").get(name);
    }
    ObjectNode defaulted = json.createObjectNode();
    fill(defaulted, schema);
    JsonNode record = json.valueToTree(json.readValue("{}", type));
    assertThat(record).isEqualTo(defaulted).isNotEmpty();
  }

  @Test
  void givenValuesStay() throws Exception {
    ConsoleSessionSpec spec =
        json.readValue(
            "{\"console\":\"Terminal\",\"viewOnly\":true,\"clipboard\":\"None\",\"revoked\":true,"
                + "\"ttlSecondsAfterFinished\":0}",
            ConsoleSessionSpec.class);
    assertThat(spec.console()).isEqualTo(ConsoleKind.Terminal);
    assertThat(spec.viewOnly()).isTrue();
    assertThat(spec.clipboard()).isEqualTo(ClipboardPolicy.None);
    assertThat(spec.revoked()).isTrue();
    assertThat(spec.ttlSecondsAfterFinished()).isZero();
  }

  /** As the API server does: an absent property gets its default, and so do those inside it. */
  private static void fill(ObjectNode object, JsonNode schema) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode field = property.getValue();
              if (!object.has(property.getKey()) && field.has("default")) {
                object.set(property.getKey(), field.get("default").deepCopy());
              }
              if (object.get(property.getKey()) instanceof ObjectNode child) {
                fill(child, field);
              }
            });
  }
}
