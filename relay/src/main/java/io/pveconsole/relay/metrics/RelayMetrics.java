// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** What the relay counts. Labels name namespace, host and outcome, never a session. */
public final class RelayMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Tags common;

  public RelayMetrics(String namespace, String host) {
    this.common = Tags.of("namespace", namespace, "host", host);
  }

  /** A number that is asked for at each scrape. */
  public void gauge(String name, Supplier<Number> value) {
    Gauge.builder("pveconsole." + name, value).tags(common).register(registry);
  }

  /** One more of something, with how it went. */
  public void count(String name, String outcome) {
    registry.counter("pveconsole." + name, common.and("outcome", outcome)).increment();
  }

  /** A counter of bytes. */
  public Counter bytes(String direction) {
    return registry.counter("pveconsole.bytes", common.and("direction", direction));
  }

  /** How long one step of an open took, with how it went. */
  public void step(String step, String outcome, Duration took) {
    Timer.builder("pveconsole.open.step")
        .tags(common.and("step", step, "outcome", outcome))
        .register(registry)
        .record(took);
  }

  /** Everything in Prometheus' text form. */
  public String scrape() {
    return registry.scrape();
  }
}
