// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.pveconsole.sandbox.api.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of the kinds, tried on a real API server: a file per rule. One document is a creation;
 * two are a change, tried as a patch, as an apply with and without force, and as a replacement;
 * where they hold a status, it is the status that is written. The first line of an invalid file
 * says what the API server answers.
 */
@ExtendWith(OnInstalledChart.class)
class CrdRulesIT {

  private static final Path FILES = Path.of("src", "test", "resources", "crds");

  private final ObjectMapper json = new ObjectMapper();
  private final InstalledChart chart;

  CrdRulesIT(InstalledChart chart) {
    this.chart = chart;
  }

  static List<String> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  static List<String> valid() throws IOException {
    return files("valid-");
  }

  static List<String> invalid() throws IOException {
    return files("invalid-");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void accepts(String file) {
    List<GenericKubernetesResource> documents = Yaml.documents(FILES.resolve(file));
    String namespace = chart.namespace();
    if (documents.size() == 1) {
      assertThatCode(() -> create(namespace, documents.getFirst())).doesNotThrowAnyException();
      return;
    }
    apply(namespace, documents.getFirst());
    documents.stream()
        .skip(1)
        .forEach(
            next ->
                changes(namespace, documents.getFirst(), next)
                    .forEach(change -> assertThatCode(change).doesNotThrowAnyException()));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refuses(String file) {
    String text = Yaml.text(FILES.resolve(file));
    assertThat(text).startsWith("# expect: ");
    String expected = text.lines().findFirst().orElseThrow().substring("# expect: ".length());
    List<GenericKubernetesResource> documents = Yaml.documents(FILES.resolve(file));
    String namespace = chart.namespace();
    if (documents.size() == 1) {
      assertRefused(expected, () -> create(namespace, documents.getFirst()));
    } else {
      apply(namespace, documents.getFirst());
      changes(namespace, documents.getFirst(), documents.getLast())
          .forEach(change -> assertRefused(expected, change));
    }
  }

  private static void assertRefused(String expected, ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(expected);
  }

  /** Strict: a field that is not known is an error, as it is for kubectl. */
  private void create(String namespace, GenericKubernetesResource document) {
    resource(namespace, document).fieldValidation(FieldValidateable.Validation.STRICT).create();
  }

  private void apply(String namespace, GenericKubernetesResource document) {
    Resource<GenericKubernetesResource> resource = resource(namespace, document);
    resource.patch(InstalledChart.APPLY);
    if (document.getAdditionalProperties().containsKey("status")) {
      resource.subresource("status").patch(InstalledChart.APPLY, document);
    }
  }

  private List<ThrowingCallable> changes(
      String namespace, GenericKubernetesResource before, GenericKubernetesResource after) {
    Resource<GenericKubernetesResource> resource = resource(namespace, after);
    boolean status =
        before.getAdditionalProperties().containsKey("status")
            || after.getAdditionalProperties().containsKey("status");
    EditReplacePatchable<GenericKubernetesResource> target =
        status ? resource.subresource("status") : resource;
    String patch = mergePatch(json.valueToTree(before), json.valueToTree(after)).toString();
    return List.of(
        () -> target.patch(PatchContext.of(PatchType.JSON_MERGE), patch),
        () -> target.patch(InstalledChart.APPLY, after),
        () -> target.patch(InstalledChart.UNFORCED, after),
        () -> replace(resource, after, status));
  }

  private static void replace(
      Resource<GenericKubernetesResource> resource,
      GenericKubernetesResource after,
      boolean status) {
    after.getMetadata().setResourceVersion(resource.get().getMetadata().getResourceVersion());
    try {
      if (status) {
        resource.updateStatus();
      } else {
        resource.update();
      }
    } finally {
      after.getMetadata().setResourceVersion(null);
    }
  }

  private ObjectNode mergePatch(JsonNode before, JsonNode after) {
    ObjectNode patch = json.createObjectNode();
    after
        .properties()
        .forEach(
            field -> {
              JsonNode old = before.get(field.getKey());
              if (old != null && old.isObject() && field.getValue().isObject()) {
                ObjectNode inner = mergePatch(old, field.getValue());
                if (!inner.isEmpty()) {
                  patch.set(field.getKey(), inner);
                }
              } else if (!field.getValue().equals(old)) {
                patch.set(field.getKey(), field.getValue());
              }
            });
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!after.has(name)) {
                patch.putNull(name);
              }
            });
    return patch;
  }

  private Resource<GenericKubernetesResource> resource(
      String namespace, GenericKubernetesResource document) {
    ResourceDefinitionContext kind =
        Stream.of(Kinds.HOST, Kinds.SESSION, Kinds.GRANT)
            .filter(k -> k.getKind().equals(document.getKind()))
            .findFirst()
            .orElseThrow();
    document.getMetadata().setNamespace(namespace);
    return InstalledChart.kind(chart.operator(), kind, namespace).resource(document);
  }
}
