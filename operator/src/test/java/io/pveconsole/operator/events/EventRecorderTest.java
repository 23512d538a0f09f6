// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pveconsole.operator.testing.MockCluster;
import io.pveconsole.operator.testing.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

  private static final Happening ACCEPTED = Happening.normal("Accepted", "It was.", "Accepted");
  private static final Happening LOST = Happening.warning("RelayLost", "Gone.", "Connected");

  private final MockCluster cluster = new MockCluster();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Clock noon = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
  private final EventRecorder events = new EventRecorder(cluster.client(), noon, metrics);

  @AfterEach
  void stop() {
    events.close();
    cluster.close();
  }

  private List<String> reasons() {
    return cluster.client().v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }

  private double dropped() {
    return metrics.counter("pveconsole_events_dropped").count();
  }

  @Test
  void aHappeningOfOneSecondIsToldOnce() {
    events.record(Samples.session("one"), List.of(ACCEPTED, LOST, ACCEPTED));
    events.record(Samples.session("two"), List.of(ACCEPTED));

    Awaitility.await("three events")
        .untilAsserted(
            () ->
                assertThat(reasons())
                    .containsExactlyInAnyOrder("Accepted", "RelayLost", "Accepted"));
    assertThat(dropped()).isZero();
  }

  @Test
  void whatWaitsIsWrittenBeforeTheEnd() {
    events.record(Samples.session("one"), List.of(ACCEPTED, LOST));
    events.close();

    assertThat(reasons()).hasSize(2);
  }

  @Test
  void moreThanCanBeKeptIsCountedAndWarningsAreWrittenAtOnce() {
    events.record(Samples.session("many"), Collections.nCopies(2000, ACCEPTED));
    assertThat(dropped()).isGreaterThan(500);

    events.record(Samples.session("one"), List.of(LOST));
    assertThat(reasons()).contains("RelayLost");
  }
}
