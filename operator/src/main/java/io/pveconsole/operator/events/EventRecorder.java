// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pveconsole.operator.status.FieldManager;
import io.pveconsole.operator.status.Times;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events. Those that tell of what is as it should be come from a thread of its own, a
 * bounded number a second: what is told of sessions holds up none of them. Safe from any thread.
 */
public final class EventRecorder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int MAX_MESSAGE = 1024;
  private static final int MAX_WAITING = 1000;
  private static final int AT_ONCE = 100;
  private static final int PER_SECOND = 20;
  private static final Duration LAST = Duration.ofSeconds(3);
  private static final String WARNING = "Warning";

  private final KubernetesClient client;
  private final Clock clock;
  private final Counter dropped;
  private final Pace pace = new Pace(AT_ONCE, PER_SECOND, System::nanoTime);
  private final ThreadPoolExecutor writer;
  private volatile boolean closing;

  /** Writes through that client; counts what came while too many waited, and is not told. */
  public EventRecorder(KubernetesClient client, Clock clock, MeterRegistry metrics) {
    this.client = client;
    this.clock = clock;
    this.dropped = Counter.builder("pveconsole_events_dropped").register(metrics);
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("events").daemon().factory());
  }

  /** Writes warnings about the object now, and the rest soon. */
  public void record(HasMetadata about, List<Happening> happenings) {
    for (Happening happening : happenings) {
      Event event = event(about, happening);
      if (event.getType().equals(WARNING)) {
        write(event);
      } else {
        later(event);
      }
    }
  }

  private void later(Event event) {
    try {
      writer.execute(() -> inTurn(event));
    } catch (RejectedExecutionException tooMany) {
      dropped.increment();
    }
  }

  private void inTurn(Event event) {
    Duration wait = pace.step();
    if (!closing && wait.isPositive()) {
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    write(event);
  }

  private Event event(HasMetadata about, Happening happening) {
    String now = Times.text(clock.instant());
    var metadata = about.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withName(name(about, happening, now))
        .withNamespace(metadata.getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(metadata.getName())
        .withNamespace(metadata.getNamespace())
        .withUid(metadata.getUid())
        .endInvolvedObject()
        .withType(happening.type())
        .withReason(happening.reason())
        .withMessage(shortened(happening.message()))
        .withReportingComponent(FieldManager.NAME)
        .withReportingInstance(FieldManager.NAME)
        .withNewSource()
        .withComponent(FieldManager.NAME)
        .endSource()
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }

  private void write(Event event) {
    var metadata = event.getMetadata();
    try {
      client.v1().events().inNamespace(metadata.getNamespace()).resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.atWarn()
            .addKeyValue("namespace", metadata.getNamespace())
            .addKeyValue("name", metadata.getName())
            .addKeyValue("status", e.getCode())
            .log("an Event could not be written");
      }
    }
  }

  /** The same happening in the same second has the same name, so a repeated pass adds none. */
  private static String name(HasMetadata about, Happening happening, String now) {
    int hash =
        Objects.hash(about.getMetadata().getUid(), happening.reason(), happening.about(), now);
    return about.getMetadata().getName() + "." + String.format(Locale.ROOT, "%08x", hash);
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }

  /** Writes what waits, for some seconds at most. */
  @Override
  public void close() {
    closing = true;
    writer.shutdown();
    try {
      if (!writer.awaitTermination(LAST.toSeconds(), TimeUnit.SECONDS)) {
        LOG.atWarn().addKeyValue("events", writer.shutdownNow().size()).log("Events are not told");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
