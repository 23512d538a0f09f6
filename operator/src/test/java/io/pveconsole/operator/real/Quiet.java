// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import java.time.Duration;
import java.util.List;

/** Waits until the operator has stopped to write. */
final class Quiet {

  private static final Duration STILL = Duration.ofSeconds(6);

  private final RealCluster cluster;
  private List<String> seen = List.of();

  Quiet(RealCluster cluster) {
    this.cluster = cluster;
  }

  void await() {
    org.awaitility.Awaitility.await("the operator has nothing left to write")
        .atMost(Team.LIMIT)
        .pollInterval(STILL)
        .until(
            () -> {
              List<String> now = cluster.audit().writes(RealCluster.OPERATOR);
              boolean still = now.equals(seen);
              seen = now;
              return still;
            });
  }
}
