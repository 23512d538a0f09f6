// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.grant.Redemption;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.grants.ConflictException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the warm-up's API server says arrives by the ways by which a real one's does. */
class LoopbackApiTest {

  private static final StatusPatch REDEEMED =
      StatusPatch.redeemed(new Redemption("hash", "2026-01-02T03:04:05Z"));

  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(vertx, 8, Duration.ofSeconds(10));
  private final GrantRegistry registry = new GrantRegistry();
  private final HostView view = new HostView();
  private final LoopbackCertificate certificate = LoopbackCertificate.make(Instant.now());
  private final StandInApi api =
      new StandInApi(WarmupHost.json(WarmupHost.of(1, certificate.fingerprint())));
  private LoopbackApi loopback;

  @BeforeEach
  void open() {
    loopback =
        Futures.value(
            LoopbackApi.open(
                new LoopbackApi.Base(vertx, blocking, TlsEngine.best()),
                api,
                certificate,
                new LoopbackApi.Views(registry, view)));
  }

  @AfterEach
  void close() {
    Futures.value(loopback.close());
    Futures.value(vertx.close());
  }

  private Grant put(String name) {
    GrantRegistry elsewhere = new GrantRegistry();
    new WarmupGrants(api, elsewhere).add(name, 101, "secret", Instant.now());
    return elsewhere.find(name).orElseThrow();
  }

  @Test
  void theHostComesByItsWatch() {
    Awaitility.await("the host").until(() -> view.get().isPresent());
    ProxmoxHostSpec spec = view.get().orElseThrow().getSpec();
    assertThat(spec.tls().fingerprints()).containsExactly(certificate.fingerprint());
  }

  @Test
  void grantsComeByTheirWatchWithEachChange() {
    Grant grant = put("warm-1");
    Awaitility.await("the grant").until(() -> registry.find("warm-1").isPresent());

    Grant written = Futures.value(loopback.grants().patch(grant, REDEEMED));
    Awaitility.await("the change")
        .until(() -> registry.find("warm-1").orElseThrow().equals(written));
    assertThat(written.status().redemption().nonceSha256()).isEqualTo("hash");

    api.remove("warm-1");
    Awaitility.await("the end").until(() -> registry.find("warm-1").isEmpty());
  }

  @Test
  void aGrantOfBeforeTheWatchIsListedAndRead() {
    Grant grant = put("warm-2");

    assertThat(Futures.value(loopback.grants().list())).containsExactly(grant);
    assertThat(Futures.value(loopback.grants().read("warm-2"))).contains(grant);
    assertThat(Futures.value(loopback.grants().read("warm-3"))).isEmpty();
  }

  @Test
  void aWriteOfAnOlderVersionIsAConflict() {
    Grant grant = put("warm-4");
    Futures.value(loopback.grants().patch(grant, REDEEMED));

    assertThat(Futures.failure(loopback.grants().patch(grant, StatusPatch.unviewed())))
        .isInstanceOf(ConflictException.class);
  }
}
