// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pveconsole.operator.ConsoleOperator;
import io.pveconsole.operator.Leadership;
import io.pveconsole.operator.config.OperatorConfig;
import io.pveconsole.operator.events.EventRecorder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;

/** The operator in this JVM, as the account of the chart. */
final class RunningOperator implements AutoCloseable {

  private final KubernetesClient client;
  private final Leadership leadership;
  private final EventRecorder events;
  private final Operator operator;

  private RunningOperator(KubernetesClient client, OperatorConfig config, Clock clock) {
    this.client = client;
    leadership = new Leadership(client, () -> {});
    MeterRegistry metrics = new SimpleMeterRegistry();
    events = new EventRecorder(client, clock, metrics);
    operator =
        ConsoleOperator.create(
            config, client, clock, new SecureRandom(), metrics, events, leadership);
    operator.start();
  }

  static RunningOperator on(RealCluster cluster, Interceptor... interceptors) {
    return new RunningOperator(
        cluster.operator(cluster.url(), interceptors), config(Set.of(), false), Clock.systemUTC());
  }

  static RunningOperator at(RealCluster cluster, Clock clock) {
    return new RunningOperator(cluster.operator(cluster.url()), config(Set.of(), false), clock);
  }

  static RunningOperator elected(RealCluster cluster) {
    return new RunningOperator(
        cluster.operator(cluster.url()), config(Set.of(), true), Clock.systemUTC());
  }

  static RunningOperator through(RealCluster cluster, Wire wire) {
    return new RunningOperator(
        cluster.operator(wire.url()), config(Set.of(), false), Clock.systemUTC());
  }

  /** In namespaced mode, as an account that the client is of. */
  static RunningOperator namespaced(KubernetesClient client, Set<String> namespaces) {
    return new RunningOperator(client, config(namespaces, false), Clock.systemUTC());
  }

  private static OperatorConfig config(Set<String> namespaces, boolean election) {
    return new OperatorConfig(Chart.NAMESPACE, namespaces, "relay:test", 0, election);
  }

  /** Whether it works, and not only waits for the Lease. */
  boolean works() {
    return operator.getRuntimeInfo().isStarted();
  }

  @Override
  public void close() {
    leadership.stop(operator);
    events.close();
    client.close();
  }
}
