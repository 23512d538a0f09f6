// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

  @TempDir Path directory;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void readsSeveralDocuments() throws IOException {
    Path file =
        file(
            "all.yaml",
            """
            # a comment
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            stringData: {tokenId: "a@pve!t"}
            ---
            apiVersion: pveconsole.io/v1alpha1
            kind: ProxmoxHost
            metadata: {name: h}
            spec: {suspend: true}
            """);
    List<HasMetadata> objects = new Manifests().read(file);
    assertThat(objects).hasSize(2);
    assertThat(objects.get(0)).isInstanceOf(Secret.class);
    assertThat(objects.get(1))
        .isInstanceOfSatisfying(
            GenericKubernetesResource.class,
            host -> assertThat(host.<Boolean>get("spec", "suspend")).isTrue());
  }

  @Test
  void readsLists() throws IOException {
    Path file =
        file(
            "list.json",
            """
            {"apiVersion":"v1","kind":"List","items":[
              {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}},
              {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}]}\
            """);
    assertThat(new Manifests().read(file))
        .extracting(object -> object.getMetadata().getName())
        .containsExactly("a", "b");
  }

  @Test
  void namesTheFileThatIsNoManifest() throws IOException {
    Path broken = file("broken.yaml", "kind: [");
    Path nameless = file("nameless.yaml", "apiVersion: v1\nkind: Secret\n");
    assertThatThrownBy(() -> new Manifests().read(broken)).hasMessageContaining("broken.yaml");
    assertThatThrownBy(() -> new Manifests().read(nameless))
        .hasMessageContaining("nameless.yaml")
        .hasMessageContaining("metadata.name");
  }

  @Test
  void takesManifestsOfADirectoryByName() throws IOException {
    Path b = file("b.yml", "");
    Path a = file("a.yaml", "");
    file("notes.txt", "");
    file(".hidden.yaml", "");
    assertThat(Manifests.filesOf(directory)).containsExactly(a, b);
  }
}
