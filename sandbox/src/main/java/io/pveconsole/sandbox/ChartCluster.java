// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import io.pveconsole.sandbox.apply.Manifests;
import io.pveconsole.sandbox.chart.RenderMain;
import io.pveconsole.sandbox.install.ClusterPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The project's own chart, as a cluster admin would install it; see {@link RenderMain} for why
 * another process renders it.
 *
 * @param directory for the rendered file
 */
record ChartCluster(Path chart, Path directory) implements ClusterSource {

  private static final String NAMESPACE = "pveconsole-system";
  private static final String RELEASE = "pveconsole";
  private static final int PATIENCE_SECONDS = 60;

  @Override
  public ClusterPart render() {
    Path rendered = directory.resolve("chart.yaml");
    Path log = directory.resolve("chart.log");
    try {
      Process process =
          new ProcessBuilder(command())
              .redirectOutput(rendered.toFile())
              .redirectError(log.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(Files.readString(log));
      }
      return new ClusterPart(new Manifests().read(rendered));
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
