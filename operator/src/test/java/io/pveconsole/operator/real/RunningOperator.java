// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pveconsole.operator.ConsoleOperator;
import io.pveconsole.operator.Leadership;
import io.pveconsole.operator.config.OperatorConfig;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;

/** The operator in this JVM, as the account of the chart. */
final class RunningOperator implements AutoCloseable {

  private final KubernetesClient client;
  private final Leadership leadership;
  private final Operator operator;

  private RunningOperator(
      RealCluster cluster, Clock clock, boolean election, Interceptor... interceptors) {
    client = cluster.operator(interceptors);
    leadership = new Leadership(client, () -> {});
    operator =
        ConsoleOperator.create(
            new OperatorConfig(Chart.NAMESPACE, Set.of(), "relay:test", 0, election),
            client,
            clock,
            new SecureRandom(),
            new SimpleMeterRegistry(),
            leadership);
    operator.start();
  }

  static RunningOperator on(RealCluster cluster, Interceptor... interceptors) {
    return new RunningOperator(cluster, Clock.systemUTC(), false, interceptors);
  }

  static RunningOperator at(RealCluster cluster, Clock clock) {
    return new RunningOperator(cluster, clock, false);
  }

  static RunningOperator elected(RealCluster cluster) {
    return new RunningOperator(cluster, Clock.systemUTC(), true);
  }

  /** Whether it works, and not only waits for the Lease. */
  boolean works() {
    return operator.getRuntimeInfo().isStarted();
  }

  @Override
  public void close() {
    leadership.stop(operator);
    client.close();
  }
}
