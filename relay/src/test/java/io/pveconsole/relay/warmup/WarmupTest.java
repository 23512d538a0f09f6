// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.Futures;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Consoles over loopback, with all that a real one passes. */
class WarmupTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(vertx, 8, Duration.ofSeconds(10));

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private Warmup warmup(TlsEngine engine, boolean tls, Path tmp, Duration limit) {
    return new Warmup(
        vertx, blocking, tmp, new Warmup.Way(engine, ConsoleTimes.standard(), tls), limit);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void opensEveryConsoleOverTlsOnBothLegs(TlsEngine engine) throws Exception {
    int seen = warmup(engine, true, directory, PATIENCE).run(12).await(90, TimeUnit.SECONDS);

    assertThat(seen).isEqualTo(12);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).as("files left behind").isEmpty();
    }
  }

  @Test
  void opensEveryConsoleOfAPlainPort() throws Exception {
    assertThat(
            warmup(TlsEngine.best(), false, directory, PATIENCE).run(8).await(90, TimeUnit.SECONDS))
        .isEqualTo(8);
  }

  @Test
  void noRoundsAreNoWork() {
    assertThat(Futures.value(warmup(TlsEngine.best(), true, directory, PATIENCE).run(0))).isZero();
  }

  @Test
  void endsInTimeWithWhatWasDone() {
    Instant began = Instant.now();

    int seen =
        Futures.value(
            warmup(TlsEngine.best(), true, directory, Duration.ofMillis(300)).run(1_000_000));

    assertThat(seen).isLessThan(1_000_000);
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void isReadyAnywayWhenItFails() {
    Path missing = directory.resolve("missing");

    assertThat(Futures.value(warmup(TlsEngine.best(), true, missing, PATIENCE).run(5))).isZero();
  }

  @Test
  void theCertificateIsOneThatOthersRead() throws Exception {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    LoopbackCertificate made = LoopbackCertificate.make(now);
    X509Certificate read =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(made.certificate().getBytes()));

    read.verify(read.getPublicKey());
    read.checkValidity(Date.from(now));
    assertThat(made.toString()).doesNotContain("PRIVATE").contains(made.fingerprint());
  }
}
