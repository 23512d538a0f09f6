// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The CRDs as committed. */
public final class Crds {
  static final Path COMMITTED = Path.of("generated");

  private Crds() {}

  /**
   * A whole CRD.
   *
   * @param plural such as proxmoxhosts
   */
  public static JsonNode crd(String plural) {
    try {
      return new YAMLMapper().readTree(COMMITTED.resolve(plural + ".pveconsole.io.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of its one version. */
  public static JsonNode schema(String plural) {
    return crd(plural).at("/spec/versions/0/schema/openAPIV3Schema");
  }
}
