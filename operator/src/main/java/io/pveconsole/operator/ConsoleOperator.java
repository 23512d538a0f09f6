// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.pveconsole.operator.cache.Caches;
import io.pveconsole.operator.cache.ModelCloner;
import io.pveconsole.operator.config.OperatorConfig;
import io.pveconsole.operator.events.EventRecorder;
import io.pveconsole.operator.grant.ConsoleGrantReconciler;
import io.pveconsole.operator.host.HostFilter;
import io.pveconsole.operator.host.HostParts;
import io.pveconsole.operator.host.ProxmoxHostReconciler;
import io.pveconsole.operator.host.SessionsChanged;
import io.pveconsole.operator.host.relay.RelayDefaults;
import io.pveconsole.operator.session.ConsoleSessionReconciler;
import io.pveconsole.operator.session.SessionFilter;
import io.pveconsole.operator.session.SessionHandlers;
import io.pveconsole.operator.session.SessionIndex;
import io.pveconsole.operator.session.SessionMetrics;
import io.pveconsole.operator.status.FieldManager;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The three reconcilers, registered with the framework. */
public final class ConsoleOperator {

  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration RECHECK = Duration.ofMinutes(10);

  private ConsoleOperator() {}

  /** Wires the reconcilers; the operator is not started yet. */
  public static Operator create(
      OperatorConfig config,
      KubernetesClient client,
      Clock clock,
      RandomGenerator random,
      MeterRegistry metrics,
      EventRecorder events,
      Leadership leadership) {
    Operator operator =
        new Operator(
            o -> {
              o.withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withResourceCloner(new ModelCloner(client.getKubernetesSerialization()))
                  .withReconciliationTerminationTimeout(STOP)
                  .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics));
              if (config.leaderElection()) {
                o.withLeaderElectionConfiguration(
                    leadership.configuration(config.operatorNamespace()));
              }
            });
    SessionIndex index = new SessionIndex(() -> operator.getRuntimeInfo().isStarted());
    Caches caches = new Caches(config.watchNamespaces());
    SessionsChanged sessionsChanged = SessionsChanged.create();
    register(
        operator,
        config,
        new ProxmoxHostReconciler(
            HostParts.wire(client, clock, random, index, sessionsChanged, events),
            new RelayDefaults(config.relayImage(), config.apiServerCidrs()),
            clock),
        HostFilter::matters,
        caches.lean());
    register(
        operator,
        config,
        new ConsoleSessionReconciler(
            SessionHandlers.wire(client, random, config, index),
            index,
            events,
            new SessionMetrics(metrics),
            sessionsChanged::at,
            caches,
            clock),
        SessionFilter::matters,
        caches.lean());
    register(
        operator,
        config,
        new ConsoleGrantReconciler(sessionsChanged::at, caches),
        (now, before) -> false,
        caches.grantIdentities());
    return operator;
  }

  /**
   * The generation does not grow with status writes, and relays write status: so the filter, not
   * the framework, says which updates matter.
   */
  private static <P extends HasMetadata> void register(
      Operator operator,
      OperatorConfig config,
      Reconciler<P> reconciler,
      OnUpdateFilter<P> filter,
      @Nullable ItemStore<P> cache) {
    operator.register(
        reconciler,
        (ControllerConfigurationOverrider<P> o) -> {
          String name = reconciler.getClass().getSimpleName().replace("Reconciler", "");
          o.withName(name.toLowerCase(Locale.ROOT))
              .withGenerationAware(false)
              .withFieldManager(FieldManager.NAME)
              .withReconciliationMaxInterval(RECHECK)
              .withRetry(retry())
              .withOnUpdateFilter(filter)
              .withItemStore(cache);
          if (config.watchNamespaces().isEmpty()) {
            o.watchingAllNamespaces();
          } else {
            o.settingNamespaces(config.watchNamespaces());
          }
        });
  }

  private static GenericRetry retry() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(Duration.ofMillis(200))
        .setIntervalMultiplier(2)
        .setMaxInterval(Duration.ofSeconds(30).toMillis());
  }
}
