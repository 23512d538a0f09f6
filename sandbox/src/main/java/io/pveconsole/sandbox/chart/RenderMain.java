// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Renders the chart in a process of its own: {@code RenderMain CHART NAMESPACE RELEASE}. Helm's
 * library is written in Go, whose runtime takes signal handlers away from the JVM: a process that
 * has loaded it no longer hears Ctrl-C.
 */
public final class RenderMain {

  private RenderMain() {}

  /** Prints YAML. */
  public static void main(String[] arguments) {
    Map<String, Object> values = Map.of("operator", Map.of("replicas", 1, "leaderElection", false));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(
        new ChartRenderer().text(Path.of(arguments[0]), values, arguments[1], arguments[2]));
    out.flush();
    System.exit(0);
  }
}
