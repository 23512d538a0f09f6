// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.generator;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes the CRDs of all kinds into a folder: one argument, its path. Used by the build only. */
public final class CrdGeneratorMain {
  private CrdGeneratorMain() {}

  /**
   * Generates; output is deterministic.
   *
   * @param args the folder, made when missing
   * @throws IOException when the folder cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    new CRDGenerator()
        .customResourceClasses(ProxmoxHost.class, ConsoleSession.class, ConsoleGrant.class)
        .forCRDVersions("v1")
        .withImplicitPreserveUnknownFields(false)
        .inOutputDir(folder.toFile())
        .detailedGenerate();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        CrdFinisher.finish(
            file, List.of(ProxmoxHost.class, ConsoleSession.class, ConsoleGrant.class));
      }
    }
  }
}
