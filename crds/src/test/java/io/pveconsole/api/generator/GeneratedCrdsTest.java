// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed CRDs are what the Java model gives, and that is always the same. */
class GeneratedCrdsTest {

  @TempDir Path folder;

  @Test
  void areCommittedAsGenerated() throws IOException {
    CrdGeneratorMain.main(new String[] {folder.toString()});
    assertThat(texts(Crds.COMMITTED))
        .as(
            "copy crds/target/crds/*-v1.yml to crds/generated/*.yaml, then run"
                + " helm/pveconsole/copy-crds")
        .isEqualTo(texts(folder));
  }

  @Test
  void areThree() throws IOException {
    assertThat(texts(Crds.COMMITTED).keySet())
        .isEqualTo(
            new TreeMap<>(
                    Map.of(
                        "consolegrants.pveconsole.io", "",
                        "consolesessions.pveconsole.io", "",
                        "proxmoxhosts.pveconsole.io", ""))
                .keySet());
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> yaml = files.filter(file -> file.toString().matches(".*[.]ya?ml")).toList();
      for (Path file : yaml) {
        String name = file.getFileName().toString().replaceFirst("(-v1)?[.]ya?ml$", "");
        texts.put(name, Files.readString(file));
      }
    }
    return texts;
  }
}
