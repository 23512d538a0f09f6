// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The built programs of the project, and how each is run with little memory. */
record Installation(Path home) {

  /**
   * Command words for a module's program. Native access is allowed by the jars' manifests: with the
   * flag, the JVM would complain about its class archive and leave half of it unused.
   */
  List<String> java(String module, int heapMegabytes) {
    Path jar = jar(module);
    Path archive = jar.resolveSibling(module + ".jsa");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "-Xmx" + heapMegabytes + "m",
            "-XX:MaxMetaspaceSize=160m",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr"));
    if (Runtime.version().feature() >= 24) {
      words.add("--sun-misc-unsafe-memory-access=allow");
    }
    words.add("-XX:+AutoCreateSharedArchive");
    words.add("-XX:SharedArchiveFile=" + archive);
    words.add("-jar");
    words.add(jar.toString());
    return words;
  }

  /** Fails with the cure when a program is missing. */
  void check(List<String> modules) {
    modules.forEach(this::jar);
  }

  private Path jar(String module) {
    Path app = home.resolve(module).resolve("target").resolve("app");
    try (Stream<Path> files = Files.exists(app) ? Files.list(app) : Stream.empty()) {
      return files
          .filter(file -> file.getFileName().toString().matches("pveconsole-.*\\.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new SandboxException(
                      "The " + module + " is not built.",
                      "Run sandbox/start, or mvn -DskipTests package."));
    } catch (IOException e) {
      throw new SandboxException("Cannot read " + app + ".", "Check its permissions.", e);
    }
  }
}
