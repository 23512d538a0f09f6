// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import io.pveconsole.sandbox.apply.Manifests;
import io.pveconsole.sandbox.chart.RenderMain;
import io.pveconsole.sandbox.install.ClusterPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The project's own chart, as a cluster admin would install it; see {@link RenderMain} for why
 * another process renders it.
 *
 * @param cache where the outcome is kept for the next start
 * @param directory for temporary files
 */
record ChartCluster(Path chart, Path cache, Path directory) implements ClusterSource {

  private static final String NAMESPACE = "pveconsole-system";
  private static final String RELEASE = "pveconsole";
  private static final int PATIENCE_SECONDS = 60;

  @Override
  public ClusterPart render() {
    Path log = directory.resolve("chart.log");
    try {
      Path kept = cache.resolve("chart-" + fingerprint() + ".yaml");
      if (Files.exists(kept)) {
        return new ClusterPart(new Manifests().read(kept));
      }
      Path rendered = directory.resolve("chart.yaml");
      Process process =
          new ProcessBuilder(command())
              .redirectOutput(rendered.toFile())
              .redirectError(log.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(Files.readString(log));
      }
      ClusterPart part = new ClusterPart(new Manifests().read(rendered));
      Files.createDirectories(cache);
      Files.move(rendered, kept, StandardCopyOption.REPLACE_EXISTING);
      return part;
    } catch (IOException e) {
      throw new SandboxException(
          "The chart in " + chart + " cannot be rendered: " + e.getMessage(),
          "Restore helm/pveconsole.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException("The start was interrupted.", "Start again.", e);
    }
  }

  /** Changes when a file of the chart does. */
  private String fingerprint() throws IOException {
    CRC32 crc = new CRC32();
    try (Stream<Path> files = Files.walk(chart, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        crc.update(file.toString().getBytes(StandardCharsets.UTF_8));
        crc.update(Files.readAllBytes(file));
      }
    }
    return Long.toHexString(crc.getValue());
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx64m",
        "-Xshare:auto",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.io.tmpdir=" + directory,
        "-cp",
        System.getProperty("java.class.path"),
        RenderMain.class.getName(),
        chart.toString(),
        NAMESPACE,
        RELEASE);
  }
}
