// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The relay as a process of its own, with what a pod would give it. */
final class RelayProcess implements AutoCloseable {

  private final Process process;
  private final int managementPort;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /** That of the tests without the simulator, whose jar leads to a log library of its own. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator))
        .filter(entry -> !entry.contains("simulator"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  RelayProcess(ApiRelay world, Map<String, String> more) throws IOException {
    this.managementPort = world.managementPort;
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            Main.class.getName());
    builder.environment().putAll(world.environment);
    builder.environment().put("KUBECONFIG", world.kubeconfig().toString());
    builder.environment().putAll(more);
    this.process = builder.start();
    read(process.getInputStream(), output);
    read(process.getErrorStream(), errors);
    try {
      Awaitility.await("ready")
          .atMost(Duration.ofSeconds(300))
          .until(() -> !process.isAlive() || get("/readyz") == 200);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not ready:\n" + said(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("ended:\n" + said());
    }
  }

  private String said() {
    return String.join("\n", output) + "\n" + String.join("\n", errors);
  }

  private static void read(InputStream stream, List<String> lines) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException ended) {
                // The process is gone, and its pipe with it.
              }
            });
  }

  /** The status of a page of the management port; 0 while it cannot be reached. */
  int get(String path) throws InterruptedException {
    return answer(path).map(HttpResponse::statusCode).orElse(0);
  }

  /** The body of a page of the management port. */
  String body(String path) throws InterruptedException {
    return answer(path).map(HttpResponse::body).orElse("");
  }

  private java.util.Optional<HttpResponse<String>> answer(String path) throws InterruptedException {
    try {
      return java.util.Optional.of(
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return java.util.Optional.empty();
    }
  }

  /** What it wrote to standard output. */
  List<String> output() {
    return output;
  }

  /** What it wrote to standard error. */
  List<String> errors() {
    return errors;
  }

  /** By its handle: the other way would close the pipes of its output. */
  void sigterm() {
    process.toHandle().destroy();
  }

  /** How it ended. */
  int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still there after " + limit + ": " + output);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
