// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import io.pveconsole.sandbox.chart.ChartRenderer;
import io.pveconsole.sandbox.install.ClusterPart;
import java.nio.file.Path;
import java.util.Map;

/** The project's own chart, as a cluster admin would install it. */
record ChartCluster(Path chart) implements ClusterSource {

  private static final String NAMESPACE = "pveconsole-system";
  private static final String RELEASE = "pveconsole";

  @Override
  public ClusterPart render() {
    Map<String, Object> values = Map.of("operator", Map.of("replicas", 1, "leaderElection", false));
    return new ClusterPart(new ChartRenderer().render(chart, values, NAMESPACE, RELEASE));
  }
}
