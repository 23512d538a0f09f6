// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS sessions with Proxmox go on from one connection to the next, as long as trust does. */
class ResumptionTest extends SimulatorTestBase {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Trusts all and counts how often it was asked. */
  private static final class Judge extends X509ExtendedTrustManager {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      asked.incrementAndGet();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      asked.incrementAndGet();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      asked.incrementAndGet();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void aConnectionGoesOnWithTheSessionOfTheOneBefore() {
    Judge judge = new Judge();
    Dialer dialer =
        new Dialer(vertx, host -> Future.failedFuture("no names here"), TlsEngine.BORINGSSL);
    Peer peer =
        new Peer(
            ProxmoxEndpoint.of(simulator.endpoint("pve1").url()),
            InetAddress.getLoopbackAddress(),
            "127.0.0.1",
            new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(judge))
                .setHostnameVerificationAlgorithm(""));

    for (int i = 0; i < 10; i++) {
      HttpClientConnection connection =
          Await.value(Contexts.run(vertx, () -> dialer.connect(peer, LIMIT)));
      Await.value(
          connection
              .request()
              .compose(request -> request.send())
              .compose(response -> response.end()));
      Await.value(connection.close());
    }

    assertThat(judge.asked).as("full handshakes of 10").hasValueBetween(1, 2);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void aPinThatIsTakenAwayCountsAtOnce(TlsEngine engine) {
    ProxmoxSettings trusted =
        Clusters.settings(simulator, Clusters.pins(simulator), Clusters.token(simulator));
    ProxmoxClient client = ProxmoxClient.create(vertx, trusted, clock, engine);
    for (int i = 0; i < 3; i++) {
      Await.value(client.findGuest(100));
    }

    client.update(
        Clusters.settings(
            simulator,
            new Trust.Pinned(List.of(new Fingerprint("00".repeat(32)))),
            Clusters.token(simulator)));

    assertThat(Await.failure(client.findGuest(100)))
        .isInstanceOf(ConnectFailure.UntrustedCertificate.class);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void anotherNameThatIsAskedForCountsAtOnce(TlsEngine engine) {
    String url = simulator.endpoint("pve1").url();
    ProxmoxSettings right = named(url, "pve1.simulator.invalid");
    ProxmoxClient client = ProxmoxClient.create(vertx, right, clock, engine);
    for (int i = 0; i < 3; i++) {
      Await.value(client.findGuest(100));
    }

    client.update(named(url, "pve9.simulator.invalid"));

    assertThat(Await.failure(client.findGuest(100)))
        .isInstanceOf(ConnectFailure.UntrustedCertificate.class);
  }

  private ProxmoxSettings named(String url, String name) {
    ProxmoxSettings settings = byToken();
    return new ProxmoxSettings(
        List.of(new ProxmoxEndpoint(URI.create(url), name, List.of())),
        settings.trust(),
        null,
        settings.credentials(),
        settings.limits());
  }
}
