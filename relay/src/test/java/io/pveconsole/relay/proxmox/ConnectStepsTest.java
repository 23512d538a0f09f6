// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.proxmox.transport.WatchingTransport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TCP and TLS are told apart, whichever of them fails. */
class ConnectStepsTest {

  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final Buffer GREETING = Buffer.buffer("220 this is no Proxmox\r\n");

  private final List<StepEvent> told = new CopyOnWriteArrayList<>();
  private Vertx vertx = WatchingTransport.vertx(new VertxOptions());

  @AfterEach
  void stop() {
    Await.value(vertx.close());
  }

  @Test
  void aServerThatIsSilentAfterTcp() {
    ProxmoxFailure failure = connect(silentPort());

    assertThat(failure.step()).as(failure.toString()).isEqualTo(Step.TLS);
    assertThat(told)
        .extracting(event -> event.step() + " " + event.state())
        .containsExactly("TCP STARTED", "TCP OK", "TLS STARTED", "TLS FAILED");
    Duration tcp = told.get(1).took();
    assertThat(tcp).isNotNull().isLessThan(LIMIT);
    assertThat(told.get(3).took()).isGreaterThanOrEqualTo(LIMIT.minus(tcp).minusMillis(50));
  }

  @Test
  void aPortWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    ProxmoxFailure failure = connect(port);

    assertThat(failure.step()).as(failure.toString()).isEqualTo(Step.TCP);
    assertThat(told)
        .extracting(event -> event.step() + " " + event.state())
        .containsExactly("TCP STARTED", "TCP FAILED");
  }

  @Test
  void aTransportThatTellsOfBothAtOnce() {
    Await.value(vertx.close());
    vertx = Vertx.vertx();

    assertThat(connect(plainPort()).reason()).isEqualTo(FailureReason.NotProxmox);

    assertThat(told)
        .extracting(event -> event.step() + " " + event.state())
        .containsExactly("TCP STARTED", "TCP OK", "TLS FAILED");
    assertThat(told.get(1).took()).isNull();
  }

  private int plainPort() {
    NetServer server = vertx.createNetServer().connectHandler(socket -> socket.end(GREETING));
    return Await.value(server.listen(0, "127.0.0.1")).actualPort();
  }

  private int silentPort() {
    NetServer server = vertx.createNetServer().connectHandler(socket -> {});
    return Await.value(server.listen(0, "127.0.0.1")).actualPort();
  }

  private ProxmoxFailure connect(int port) {
    Dialer dialer =
        new Dialer(vertx, host -> Future.failedFuture("no names here"), TlsEngine.best());
    Peer peer =
        new Peer(
            ProxmoxEndpoint.of("https://127.0.0.1:" + port),
            InetAddress.getLoopbackAddress(),
            "127.0.0.1",
            new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm(""));
    Steps steps = new Steps(told::add);
    return Await.failure(Contexts.run(vertx, () -> dialer.connect(peer, LIMIT, steps)));
  }
}
