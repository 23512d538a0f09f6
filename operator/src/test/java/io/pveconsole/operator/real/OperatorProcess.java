// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.operator.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operator as a process of its own, as the account of the chart: it can be killed. */
final class OperatorProcess implements AutoCloseable {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private final Process process;
  private final Path log;

  private OperatorProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it and does not wait; further settings replace those of a test. */
  static OperatorProcess start(
      RealCluster cluster, Map<String, String> settings, String... jvmOptions) {
    return start(cluster, cluster.url(), settings, jvmOptions);
  }

  /** One that may work as soon as it holds the Lease. */
  static OperatorProcess elected(RealCluster cluster, String url) {
    return start(cluster, url, Map.of("PVECONSOLE_LEADER_ELECTION", "true"));
  }

  private static OperatorProcess start(
      RealCluster cluster, String url, Map<String, String> settings, String... jvmOptions) {
    try {
      Path directory = Files.createDirectories(Path.of("target", "operators"));
      Path log = Files.createTempFile(directory.toAbsolutePath(), "operator-", ".log");
      List<String> command = new ArrayList<>(List.of(java("java")));
      command.addAll(List.of(jvmOptions));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("KUBECONFIG", cluster.operatorKubeconfig(url).toString());
      builder.environment().put("PVECONSOLE_OPERATOR_NAMESPACE", Chart.NAMESPACE);
      builder.environment().put("PVECONSOLE_RELAY_IMAGE", "relay:test");
      builder.environment().put("PVECONSOLE_MANAGEMENT_PORT", "0");
      builder.environment().put("PVECONSOLE_BIND", "127.0.0.1");
      builder.environment().put("PVECONSOLE_LEADER_ELECTION", "false");
      builder.environment().putAll(settings);
      return new OperatorProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Bytes of all objects that are in use, after a full collection. */
  long heapInUse() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(java("jcmd"), Long.toString(pid()), "GC.class_histogram", "-parallel=1")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    Files.writeString(log.resolveSibling("heap-histogram.txt"), histogram);
    Matcher total = TOTAL.matcher(histogram);
    assertThat(total.find()).as("a histogram in: %s", histogram.lines().limit(5).toList()).isTrue();
    return Long.parseLong(total.group(1));
  }

  /** As a node that burns: nothing is given back. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
