// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.LogLines;
import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWriter;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.grants.MemoryGrantStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.Hosts;
import io.pveconsole.relay.host.ProxmoxAccess;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers of one session on two event loops; Proxmox takes connections and says nothing. */
class ViewersTest {

  private static final String SESSION = "6d0f7c52-0000-4000-8000-000000000001";

  @TempDir Path credentials;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final MemoryGrantStore store = new MemoryGrantStore(vertx);
  private final GrantRegistry registry = new GrantRegistry();
  private final GrantWriter writer = new GrantWriter(store, registry);
  private ServerSocket proxmox;
  private Viewers viewers;

  private static class Tab extends SilentSocket {
    private final AtomicInteger code = new AtomicInteger();

    @Override
    public void close(int closeCode, String reason) {
      code.compareAndSet(0, closeCode);
    }
  }

  private static final class Loop extends VerticleBase {
    private Context here() {
      return context;
    }
  }

  @BeforeEach
  void start() throws IOException {
    proxmox = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Files.writeString(credentials.resolve("tokenId"), "relay@pve!relay");
    Files.writeString(credentials.resolve("tokenSecret"), "00000000-0000-4000-8000-000000000000");
    ProxmoxAccess access =
        new ProxmoxAccess(vertx, credentials, Optional.empty(), Clock.systemUTC(), TlsEngine.JDK);
    access.apply(
        Hosts.of(
            "https://consoles.example.com",
            List.of(new HostEndpoint("https://127.0.0.1:" + proxmox.getLocalPort(), null, null)),
            new HostTls(null, List.of("AB:".repeat(31) + "AB"), null)));
    store.watchInto(registry);
    viewers =
        new Viewers(
            new ViewerServices(
                vertx,
                Clock.systemUTC(),
                "pve7-relay-1",
                store,
                registry,
                writer,
                new HostView(),
                access,
                new Audit("pve7"),
                new RelayMetrics("consoles", "pve7"),
                ConsoleTimes.standard(),
                Room.ofThisProcess(),
                new Departures(vertx)),
            new SecureRandom());
    registry.listen(viewers);
  }

  @AfterEach
  void stop() throws IOException {
    Futures.value(vertx.close());
    proxmox.close();
  }

  private Context loop() {
    Loop loop = new Loop();
    Futures.value(vertx.deployVerticle(loop));
    return loop.here();
  }

  private void begin(Context loop, Grant grant, Tab tab) {
    Promise<Void> begun = Promise.promise();
    loop.runOnContext(
        v -> {
          viewers.begin(grant, "192.0.2.7", tab);
          begun.complete();
        });
    Futures.value(begun.future());
  }

  @Test
  void aTabThatIsLateToHearOfItsReplacementDoesNotTakeThePlaceBack() {
    Grant grant = store.put(Grants.fresh(SESSION, Instant.now()));
    Context other = loop();
    Tab young = new Tab();
    Tab old =
        new Tab() {
          @Override
          public void begin(Events events) {
            ViewersTest.this.begin(other, grant, young);
            Awaitility.await("the younger is noted")
                .until(() -> store.get(SESSION).orElseThrow().viewer().isPresent());
          }
        };

    begin(loop(), grant, old);

    Awaitility.await("the older is closed").until(() -> old.code.get() != 0);
    Futures.value(writer.settled());
    assertThat(old.code).hasValue(CloseCode.TAKEN_OVER.code());
    String noted = store.get(SESSION).orElseThrow().viewer().orElseThrow().id();
    assertThat(noted).isEqualTo(viewers.find(SESSION).orElseThrow().id());
    assertThat(young.code).hasValue(0);
  }

  @Test
  void aViewerThatEndsAsItBeginsIsToldOfInOrderAndTakesNoPlace() {
    Grant grant = store.put(Grants.fresh(SESSION, Instant.now()));
    Tab tab = new Tab();
    try (LogLines lines = LogLines.audit()) {
      loop()
          .runOnContext(
              v -> {
                viewers.begin(grant, "192.0.2.7", tab);
                viewers.find(SESSION).orElseThrow().close(CloseCode.DONE, "BrowserGone");
              });
      Awaitility.await("both are told").until(() -> lines.keys().size() == 2);

      assertThat(lines.keys())
          .extracting(line -> line.get("event"))
          .containsExactly("opening", "closed");
    }
    Futures.value(writer.settled());
    assertThat(store.get(SESSION).orElseThrow().viewer()).isEmpty();
  }
}
