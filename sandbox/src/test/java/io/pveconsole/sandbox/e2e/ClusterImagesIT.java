// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the archives of the images hold. */
class ClusterImagesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LARGEST = 100L << 20;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"operator, operator-framework-core", "relay, vertx-core"})
  void areSmallAndSayWhatTheyAre(String name, String part) throws IOException {
    Path tar = RunningSandbox.home().resolve(name + "/target/image.tar");
    Figures.add("image %s: %d MB", name, Files.size(tar) / 1_000_000);
    assertThat(Files.size(tar)).isLessThan(LARGEST);
    Program.run("tar", "-xf", tar.toString(), "-C", directory.toString());

    JsonNode index = JSON.readTree(directory.resolve("index.json").toFile());
    JsonNode manifest = blob(index.at("/manifests/0/digest"));
    assertThat(Files.readString(RunningSandbox.home().resolve(name + "/target/image.digest")))
        .isEqualTo(index.at("/manifests/0/digest").asText());
    JsonNode config = blob(manifest.at("/config/digest")).get("config");
    assertThat(config.get("User").asText()).isEqualTo("65532:65532");
    JsonNode labels = config.get("Labels");
    for (String label : new String[] {"title", "description", "version", "licenses", "vendor"}) {
      assertThat(labels.path("org.opencontainers.image." + label).asText()).isNotBlank();
    }
    assertThat(config.get("Entrypoint").get(0).asText()).isEqualTo("java");

    List<String> layers = new ArrayList<>();
    for (JsonNode layer : manifest.get("layers")) {
      layers.add(Program.run("tar", "-tzf", path(layer.get("digest")).toString()));
    }
    assertThat(layers)
        .as("the cache stands alone")
        .anySatisfy(
            files -> assertThat(files.lines()).containsExactly("app/", "app/" + name + ".aot"));
    assertThat(config.get("Entrypoint").toString()).contains("-XX:AOTCache=/app/" + name + ".aot");
    assertThat(String.join("", layers))
        .contains("app/sbom.cdx.json", "/" + part + "-")
        .doesNotContain("bin/sh\n", "bin/bash");
    assertThat(
            Files.readString(
                RunningSandbox.home().resolve(name + "/target/image-files/app/sbom.cdx.json")))
        .contains("\"CycloneDX\"", part);
  }

  private JsonNode blob(JsonNode digest) throws IOException {
    return JSON.readTree(path(digest).toFile());
  }

  private Path path(JsonNode digest) {
    return directory.resolve("blobs/sha256").resolve(digest.asText().substring("sha256:".length()));
  }
}
