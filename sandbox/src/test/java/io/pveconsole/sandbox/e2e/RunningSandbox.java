// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The packaged sandbox as a person starts it: a process of its own, known by what it prints. */
final class RunningSandbox implements AutoCloseable {
  private static final String LINK = "Console: ";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path directory;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private RunningSandbox(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  static Path home() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("sandbox")) ? here : here.getParent();
  }

  /**
   * Starts it; the caller waits for what it needs.
   *
   * @param directory where it keeps logs and files
   */
  static RunningSandbox start(Path directory, String... options) throws IOException {
    return start(directory, Map.of(), options);
  }

  /** With more in its environment, which all programs of the sandbox inherit. */
  static RunningSandbox start(Path directory, Map<String, String> environment, String... options)
      throws IOException {
    Path jars = home().resolve("sandbox/target/app");
    Path jar;
    try (Stream<Path> files = Files.list(jars)) {
      jar = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar", jar.toString()));
    words.addAll(List.of("--home", home().toString(), "--dir", directory.toString()));
    words.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new RunningSandbox(process, directory);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      in.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  /** The link number {@code n}, from 0, in the order in which they were printed. */
  String link(int n) {
    Awaitility.await("link " + n + " in:\n" + output())
        .atMost(Patience.of(PATIENCE))
        .pollInterval(Duration.ofMillis(50))
        .failFast("the sandbox ended", () -> assertThat(process.isAlive()).as(output()).isTrue())
        .until(() -> links().size() > n);
    return links().get(n);
  }

  private List<String> links() {
    return lines.stream()
        .filter(line -> line.startsWith(LINK))
        .map(line -> line.substring(LINK.length()).strip())
        .toList();
  }

  /** What a person types into the terminal. */
  void type(String command) throws IOException {
    process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  String output() {
    return String.join("\n", lines);
  }

  /** A client with an administrator's rights. */
  KubernetesClient kubernetes() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(file("kubeconfig").toFile()))
        .build();
  }

  /** The file of this name that is least deep below the sandbox's directory. */
  Path file(String name) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name))
          .min(Comparator.comparingInt(Path::getNameCount))
          .orElseThrow(() -> new AssertionError("no " + name + " below " + directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of all log files, for a search. */
  String logs() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        text.append(Files.readString(log, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** As Ctrl-C does, and waits. */
  void interrupt() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS))
        .as(() -> "ended within 30 s of SIGTERM; it said:\n" + output() + "\n" + threads())
        .isTrue();
  }

  /** What the processes that still run are doing. */
  private String threads() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(RunningSandbox::threads)
        .collect(Collectors.joining("\n"));
  }

  private static String threads(ProcessHandle process) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    ProcessBuilder dump =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "Thread.print", "-e");
    try (BufferedReader said = dump.redirectErrorStream(true).start().inputReader()) {
      return process.info().commandLine().orElse("?")
          + "\n"
          + said.lines().collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    try {
      interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      reader.interrupt();
    }
  }
}
