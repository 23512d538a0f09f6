// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KindJsonTest {

  private final KindJson<ConsoleGrant> json = KindJson.of(ConsoleGrant.class);
  private final Grant grant = Grants.fresh("one", Instant.now());

  private JsonObject object() {
    JsonObject object = Grants.object(grant, "2");
    object
        .getJsonObject("metadata")
        .put("creationTimestamp", "2026-11-24T00:00:00Z")
        .put("managedFields", managed());
    object.getJsonObject("status").put("ended", new JsonObject().put("reason", "Revoked"));
    return object;
  }

  /** As the API server tells who has written what. */
  private static JsonArray managed() {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("manager", "operator")
                .put("operation", "Apply")
                .put("fieldsType", "FieldsV1")
                .put("fieldsV1", new JsonObject("{\"f:spec\":{\"f:hostName\":{}}}")));
  }

  @Test
  void readsWhatTheKubernetesClientReads() {
    String text = object().encode();

    Grant ours = Grant.of(json.object(Buffer.buffer(text)));

    assertThat(ours)
        .usingRecursiveComparison()
        .isEqualTo(Grant.of(new KubernetesSerialization().unmarshal(text, ConsoleGrant.class)));
    assertThat(ours.resourceVersion()).isEqualTo("2");
    assertThat(ours.spec()).isEqualTo(grant.spec());
  }

  @Test
  void passesOverWhoHasWrittenWhat() {
    ConsoleGrant read = json.object(object().toBuffer());

    assertThat(read.getMetadata().getManagedFields()).isEmpty();
    assertThat(read.getMetadata().getCreationTimestamp()).isEqualTo("2026-11-24T00:00:00Z");
  }

  @Test
  void passesOverWhatALaterVersionHas() {
    JsonObject later = object();
    later.getJsonObject("spec").put("later", new JsonObject().put("a", 1));
    later.getJsonObject("status").put("later", "too");

    assertThat(json.object(later.toBuffer()).getSpec()).isEqualTo(grant.spec());
  }

  @Test
  void readsAnEventAndAPage() {
    String event = new JsonObject().put("type", "MODIFIED").put("object", object()).encode();
    JsonObject page =
        new JsonObject()
            .put("metadata", new JsonObject().put("resourceVersion", "7").put("continue", "more"))
            .put("items", new JsonArray().add(object()).add(object()));

    assertThat(json.event(event).type()).isEqualTo("MODIFIED");
    assertThat(json.event(event).object().getMetadata().getName()).isEqualTo("one");
    assertThat(json.page(page.toBuffer()).items()).hasSize(2);
    assertThat(json.page(page.toBuffer()).metadata().getContinue()).isEqualTo("more");
  }

  @Test
  void readsWhatTheApiServerSaysInPlaceOfAnObject() {
    String event =
        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too"
            + " old\"}}";

    assertThat(KindJson.of(Status.class).event(event).object().getMessage()).isEqualTo("too old");
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> json.object(Buffer.buffer("<html>")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> json.event("{\"type\":")).isInstanceOf(UncheckedIOException.class);
  }
}
