// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pveconsole.operator.config.ConfigException;
import io.pveconsole.operator.config.OperatorConfig;
import io.pveconsole.operator.events.EventRecorder;
import io.pveconsole.operator.management.ManagementServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int LEASE_LOST = 1;
  private static final int WRONG_SETTING = 2;

  private Main() {}

  /** Runs until it is stopped, or loses its Lease. */
  public static void main(String[] args) throws IOException {
    try {
      run(OperatorConfig.from(System.getenv()));
    } catch (ConfigException e) {
      LOG.error(e.getMessage());
      System.exit(WRONG_SETTING);
    }
  }

  private static void run(OperatorConfig config) throws IOException {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Config kubernetes = new ConfigBuilder().build();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(kubernetes)
            .withHttpClientFactory(new ChaChaFirst(kubernetes))
            .build();
    // At once: what an orderly end asks of the API server may wait for minutes on a dead
    // connection.
    Leadership leadership = new Leadership(client, () -> Runtime.getRuntime().halt(LEASE_LOST));
    Clock clock = Clock.systemUTC();
    EventRecorder events = new EventRecorder(client, clock, metrics);
    Operator operator =
        ConsoleOperator.create(
            config, client, clock, new SecureRandom(), metrics, events, leadership);
    ManagementServer management =
        ManagementServer.start(
            new InetSocketAddress(config.bind(), config.managementPort()),
            () ->
                !operator.getRuntimeInfo().isStarted()
                    || operator.getRuntimeInfo().allEventSourcesAreHealthy(),
            () -> operator.getRuntimeInfo().isStarted(),
            metrics);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(leadership, operator, events), "operator-stop"));
    operator.start();
    LOG.atInfo()
        .addKeyValue("port", management.port())
        .addKeyValue("namespaces", config.watchNamespaces())
        .log("operator started");
  }

  private static void stop(Leadership leadership, Operator operator, EventRecorder events) {
    leadership.stop(operator);
    events.close();
  }
}
