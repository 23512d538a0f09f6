// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.fake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A project directory whose programs are fakes, started from the tests' own class path. */
public final class FakeHome {

  private FakeHome() {}

  /**
   * Lays it out; the kinds are the project's own, and the rendered chart is kept with the project:
   * rendering takes longer than everything else that a start does.
   */
  public static Path in(Path directory) throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    Files.createSymbolicLink(directory.resolve("crds"), project.resolve("crds"));
    Files.createSymbolicLink(directory.resolve("helm"), project.resolve("helm"));
    Path rendered = Files.createDirectories(project.resolve("sandbox/target/chart"));
    Files.createSymbolicLink(
        Files.createDirectories(directory.resolve("sandbox/target")).resolve("chart"), rendered);
    Map<String, Class<?>> programs =
        Map.of(
            "simulator", FakeSimulator.class,
            "operator", FakeOperator.class,
            "relay", FakeRelay.class);
    for (Map.Entry<String, Class<?>> program : programs.entrySet()) {
      Path app = directory.resolve(program.getKey()).resolve("target").resolve("app");
      Files.createDirectories(app);
      write(app.resolve("pveconsole-" + program.getKey() + ".jar"), program.getValue());
    }
    return directory;
  }

  private static void write(Path jar, Class<?> main) throws IOException {
    StringBuilder classPath = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      classPath.append(Path.of(entry).toUri()).append(' ');
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
    attributes.put(Attributes.Name.CLASS_PATH, classPath.toString().strip());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
    }
  }
}
