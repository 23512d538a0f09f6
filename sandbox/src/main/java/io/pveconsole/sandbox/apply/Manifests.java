// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Manifests in files: YAML with one or more documents, or JSON. */
public final class Manifests {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  /** The manifest files of a path: itself, or those directly in a directory, by name. */
  public static List<Path> filesOf(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.(ya?ml|json)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SandboxException("Cannot read " + path + ".", "Check its permissions.", e);
    }
  }

  /** The objects of a file, in its order. */
  public List<HasMetadata> read(Path file) {
    List<HasMetadata> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
      while (documents.hasNextValue()) {
        add(objects, documents.nextValue());
      }
      return objects;
    } catch (IOException | IllegalArgumentException e) {
      throw new SandboxException(
          file
              + " is not a manifest: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "Correct the file.",
          e);
    }
  }

  private void add(List<HasMetadata> objects, JsonNode document) {
    if (document.isNull() || document.isMissingNode()) {
      return;
    }
    if (document.path("kind").asText().equals("List")) {
      document.path("items").forEach(item -> add(objects, item));
      return;
    }
    if (!document.hasNonNull("kind") || !document.path("metadata").hasNonNull("name")) {
      throw new IllegalArgumentException("a document without kind or metadata.name");
    }
    boolean own = document.path("apiVersion").asText().equals(Kinds.API_VERSION);
    Object object =
        own
            ? serialization.convertValue(document, GenericKubernetesResource.class)
            : serialization.convertValue(document, KubernetesResource.class);
    if (object instanceof HasMetadata named) {
      objects.add(named);
    }
  }
}
