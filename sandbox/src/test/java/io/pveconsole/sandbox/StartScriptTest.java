// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start script says when something is missing. */
class StartScriptTest {

  private static final List<String> TOOLS =
      List.of("sh", "sed", "head", "dirname", "readlink", "find", "cat", "ls");

  @TempDir Path project;

  private Path bin;
  private Path jdk;

  /** A copy of the script beside nothing built, and a PATH with basic tools only. */
  @BeforeEach
  void copy() throws IOException {
    Files.createDirectories(project.resolve("sandbox"));
    String places = "/usr/lib/jvm/\\* /opt/java/\\* /opt/jdk\\* /usr/java/\\*";
    String script =
        Files.readString(Path.of("start")).replaceFirst(places, project + "/no-jdk-here");
    assertThat(script).contains("no-jdk-here");
    Files.writeString(project.resolve("sandbox/start"), script);
    bin = Files.createDirectories(project.resolve("bin"));
    for (String tool : TOOLS) {
      for (String directory : List.of("/bin", "/usr/bin")) {
        Path found = Path.of(directory, tool);
        if (Files.exists(found) && !Files.exists(bin.resolve(tool))) {
          Files.createSymbolicLink(bin.resolve(tool), found);
        }
      }
    }
    jdk = fakeJdk("jdk", 21);
  }

  private Path fakeJdk(String name, int level) throws IOException {
    Path home = Files.createDirectories(project.resolve(name).resolve("bin")).getParent();
    String java = "#!/bin/sh\necho 'openjdk version \"" + level + ".0.1\" 2026-01-01' >&2\n";
    for (String program : List.of("java", "javac")) {
      Path file = Files.writeString(home.resolve("bin").resolve(program), java);
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    return home;
  }

  private void tool(String name) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String run(Path javaHome, String... options) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", project.resolve("sandbox/start").toString());
    builder.command().addAll(List.of(options));
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", project.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isNotZero();
    return output;
  }

  @Test
  void namesTheJdkLevelAndTheCure() throws Exception {
    assertThat(run(fakeJdk("old", 17)))
        .contains("A JDK 21 or newer is needed")
        .contains("apt install openjdk-21-jdk");
  }

  @Test
  void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
    Path runtime = fakeJdk("jre", 25);
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(run(runtime)).contains("A JDK 21 or newer is needed");
  }

  @Test
  void namesMaven() throws Exception {
    assertThat(run(jdk)).contains("mvn is not on PATH").contains("apt install maven");
  }

  @Test
  void namesNodeAndNpm() throws Exception {
    tool("mvn");
    assertThat(run(jdk)).contains("node is not on PATH").contains("https://nodejs.org");
    tool("node");
    assertThat(run(jdk)).contains("npm is not on PATH").contains("apt install npm");
  }

  @Test
  void findsAJdkInTheHomeDirectory() throws Exception {
    Files.createDirectories(project.resolve(".sdkman/candidates/java"));
    Files.move(jdk, project.resolve(".sdkman/candidates/java/21"));
    assertThat(run(project.resolve("none"))).contains("mvn is not on PATH");
  }

  @Test
  void theHelpIsTheProgramsOwn() {
    assertThat(OptionsParser.help()).startsWith("Usage: sandbox/start").contains("--apply");
  }
}
