// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a relay writes what it sees of its host. Nobody listens at the endpoint. */
class HostReporterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HostReporter.Pace PACE =
      new HostReporter.Pace(Duration.ofMillis(200), Duration.ofMillis(100));

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicReference<String> key = new AtomicReference<>("k1");
  private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
  private final HostView view = new HostView();
  private final ProxmoxHost host =
      Hosts.of(
          "https://console.example.com",
          List.of(new HostEndpoint("https://127.0.0.1:1", null, null)),
          null);
  private final MemoryHostStore store = new MemoryHostStore(host);
  private ProxmoxAccess access;
  private HostReporter reporter;
  private volatile Runnable onLook = () -> {};

  @BeforeEach
  void start() {
    view.set(host);
    access =
        new ProxmoxAccess(vertx, directory, Optional.empty(), Clock.systemUTC(), TlsEngine.JDK);
    reporter =
        new HostReporter(
            vertx,
            view,
            store,
            access,
            "pod-1",
            () -> {
              looks.incrementAndGet();
              onLook.run();
              return key.get();
            },
            trouble::get,
            PACE);
    credentials(false);
    vertx.runOnContext(
        v -> {
          reporter.start();
          reporter.configured();
        });
    reports(1);
  }

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  /** With or without them the outcome differs. */
  private void credentials(boolean present) {
    try {
      Path id = directory.resolve("tokenId");
      if (present) {
        Files.writeString(id, "relay@pve!console");
        Files.writeString(directory.resolve("tokenSecret"), "secret");
      } else {
        Files.deleteIfExists(id);
      }
      access.apply(host);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reports(int count) {
    Awaitility.await("report " + count)
        .atMost(PATIENCE)
        .until(() -> store.reports().size() >= count);
    assertThat(store.reports()).hasSize(count);
  }

  @Test
  void theFirstLookAfterAConfigurationCounts() {
    Duration never = Duration.ofDays(1);
    MemoryHostStore told = new MemoryHostStore(host);
    HostReporter asked =
        new HostReporter(
            vertx,
            view,
            told,
            access,
            "pod-2",
            key::get,
            Optional::empty,
            new HostReporter.Pace(never, never));

    for (int look = 1; look <= 2; look++) {
      int expected = look;
      credentials(look == 2);
      vertx.runOnContext(v -> asked.configured());
      Awaitility.await("report " + look)
          .atMost(PATIENCE)
          .until(() -> told.reports().size() == expected);
    }

    assertThat(told.reports().getFirst().endpoints().getFirst().reason())
        .isEqualTo("CredentialsMissing");
    assertThat(told.reports().getLast().endpoints().getFirst().reason())
        .isNotEqualTo("CredentialsMissing");
  }

  @Test
  void itsOwnCertificateIsReportedToo() {
    assertThat(store.reports().getFirst().certificateTrouble()).isNull();
    trouble.set(Optional.of("The key does not fit. Give another. ".repeat(100)));
    vertx.runOnContext(v -> reporter.configured());
    reports(2);
    assertThat(store.reports().getLast().certificateTrouble())
        .startsWith("The key does not fit.")
        .hasSize(1024);
  }

  @Test
  void aChangeByItselfMustBeSeenThreeTimes() {
    Awaitility.await("a settled state").atMost(PATIENCE).until(() -> looks.get() >= 3);
    AtomicInteger differing = new AtomicInteger();
    onLook =
        () -> {
          if (store.reports().size() == 1) {
            differing.incrementAndGet();
          }
        };
    credentials(true);

    reports(2);
    assertThat(differing.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void whatFlapsIsNotWritten() {
    AtomicInteger turn = new AtomicInteger();
    onLook = () -> credentials(turn.incrementAndGet() % 2 == 0);

    int before = looks.get();
    Awaitility.await("many looks").atMost(PATIENCE).until(() -> looks.get() >= before + 12);

    assertThat(store.reports()).hasSize(1);
  }

  @Test
  void whatStaysTheSameIsNotWrittenAgain() {
    int before = looks.get();
    Awaitility.await("many looks").atMost(PATIENCE).until(() -> looks.get() >= before + 8);

    assertThat(store.reports()).hasSize(1);
  }

  @Test
  void aNewKeyIsToldAtOnceSinceOthersWaitForIt() {
    int before = looks.get();
    key.set("k2");

    reports(2);
    assertThat(store.reports().getLast().keyId()).isEqualTo("k2");
    assertThat(looks.get() - before).isLessThanOrEqualTo(4);
  }

  @Test
  void triesAgainWhatCouldNotBeWritten() {
    store.away(true);
    key.set("k2");
    int before = looks.get();
    Awaitility.await("some looks").atMost(PATIENCE).until(() -> looks.get() >= before + 3);
    store.away(false);

    reports(2);
  }

  @Test
  void paceOfProduction() {
    assertThat(HostReporter.Pace.PRODUCTION)
        .isEqualTo(new HostReporter.Pace(Duration.ofSeconds(20), Duration.ofSeconds(5)));
  }
}
