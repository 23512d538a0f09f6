// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the relay counts, as {@code docs/metrics.md} lists it. Labels name namespace, host and
 * outcome, never a session.
 */
public final class RelayMetrics {

  private static final String PREFIX = "pveconsole.";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Tags common;
  private final Counter unhandled;
  private final Timer lag;
  private final MultiGauge key;
  private volatile double certificateEnds = Double.NaN;

  public RelayMetrics(String namespace, String host) {
    this.common = Tags.of("namespace", namespace, "host", host);
    this.unhandled =
        Counter.builder(PREFIX + "unhandled.errors")
            .description("Errors that nobody expected; each is a bug and stands in the log")
            .tags(common)
            .register(registry);
    this.lag =
        Timer.builder(PREFIX + "event.loop.lag")
            .description("How late timers come on the event loops, measured once a second on each")
            .tags(common)
            .register(registry);
    this.key =
        MultiGauge.builder(PREFIX + "cookie.key")
            .description("1, with the name of the newest cookie key that is loaded")
            .tags(common)
            .register(registry);
  }

  /** A number that is asked for at each scrape. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(PREFIX + name, value).description(description).tags(common).register(registry);
  }

  /** One more of something, with how it went. */
  public void count(String name, String outcome) {
    registry.counter(PREFIX + name, common.and("outcome", outcome)).increment();
  }

  /** A console was closed. */
  public void closed(int code, String reason) {
    registry
        .counter(
            PREFIX + "closes", common.and("code", Integer.toString(code)).and("outcome", reason))
        .increment();
  }

  /** A counter of bytes. */
  public Counter bytes(String direction) {
    return registry.counter(PREFIX + "bytes", common.and("direction", direction));
  }

  /** How long one step of an open took, with how it went. */
  public void step(String step, String outcome, Duration took) {
    Timer.builder(PREFIX + "open.step")
        .tags(common.and("step", step, "outcome", outcome))
        .register(registry)
        .record(took);
  }

  /** How late a timer came on an event loop. */
  public void lag(Duration late) {
    lag.record(late);
  }

  /** An error that nobody expected. */
  public void unhandledError() {
    unhandled.increment();
  }

  /** The newest cookie key that is loaded. */
  public void cookieKey(String kid) {
    key.register(List.of(MultiGauge.Row.of(Tags.of("kid", kid), 1)), true);
  }

  /** When the certificate that the relay shows ends. */
  public void certificateEnds(Instant notAfter) {
    boolean first = Double.isNaN(certificateEnds);
    certificateEnds = notAfter.getEpochSecond();
    if (first) {
      gauge(
          "certificate.not.after.seconds",
          "When the relay's own certificate ends, in seconds since 1970",
          () -> certificateEnds);
    }
  }

  /** Adds the JVM's memory, collections, threads and processors. */
  public void addRuntime() {
    RuntimeMeters.bindTo(registry);
  }

  /** Everything in Prometheus' text form. */
  public String scrape() {
    return registry.scrape();
  }
}
