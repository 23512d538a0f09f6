// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.Futures;
import io.pveconsole.relay.LogLines;
import io.pveconsole.relay.RawClient;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.Hosts;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The relay serving TLS itself: what it takes, refuses, and exchanges while running. */
class PublicServerTlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();

  /** Held, since Vert.x closes the sockets of a client that nobody holds any more. */
  private final WebSocketClient sockets =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setTrustAll(true).setVerifyHost(false));

  private final HostView host = new HostView();
  private LogLines log;
  private PublicPort port;

  @BeforeEach
  void listen() {
    log = new LogLines(PublicPort.class.getName());
  }

  @AfterEach
  void stop() {
    log.close();
    Futures.value(vertx.close());
  }

  private Future<Void> open(TlsEngine engine) throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    RelayConfig config =
        RelayConfig.from(
            Map.of(
                "PVECONSOLE_HOST_NAME",
                "pve7",
                "PVECONSOLE_HOST_NAMESPACE",
                "consoles",
                "PVECONSOLE_POD_NAME",
                "pve7-relay-1",
                "PVECONSOLE_BIND",
                "127.0.0.1",
                "PVECONSOLE_PUBLIC_PORT",
                String.valueOf(free),
                "PVECONSOLE_CREDENTIALS_DIR",
                directory.toString(),
                "PVECONSOLE_KEYS_DIR",
                directory.toString(),
                "PVECONSOLE_TLS_DIR",
                directory.toString()));
    Connections connections = new Connections(vertx);
    port = new PublicPort(vertx, config, engine, connections, host, Clock.systemUTC());
    return port.open(request -> answer(request, connections));
  }

  private static void answer(HttpServerRequest request, Connections connections) {
    if (!request.canUpgradeToWebSocket()) {
      request.response().end("ok");
      return;
    }
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              connections.upgraded(request.connection());
              socket.textMessageHandler(socket::writeTextMessage);
            });
  }

  private String shown() {
    NetClient client =
        vertx.createNetClient(
            new NetClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm(""));
    NetSocket socket = Futures.value(client.connect(port.number(), "127.0.0.1"));
    try {
      X509Certificate leaf = (X509Certificate) socket.peerCertificates().getFirst();
      assertThat(socket.sslSession().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
      return leaf.getSubjectX500Principal().getName();
    } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
      throw new IllegalStateException(e);
    } finally {
      Futures.value(client.close());
    }
  }

  private void opens(String name) throws IOException {
    Futures.value(open(TlsEngine.best()));
    assertThat(shown()).isEqualTo("CN=" + name);
  }

  @Test
  void takesPkcs1() throws Exception {
    TestCertificate.rsa(directory, "rsa").writePkcs1(directory);
    opens("rsa");
  }

  @Test
  void takesRsaInPkcs8() throws Exception {
    TestCertificate.rsa(directory, "rsa8").write(directory);
    opens("rsa8");
  }

  @Test
  void takesSec1() throws Exception {
    TestCertificate.make(directory, "ec").writeSec1(directory);
    opens("ec");
  }

  @Test
  void takesAnEncryptedKey() throws Exception {
    TestCertificate.make(directory, "sealed").writeEncrypted(directory, "open sesame");
    Files.writeString(directory.resolve("tls.key.passphrase"), "open sesame\n");
    opens("sealed");
  }

  @Test
  void waitsClosedForACertificateThatCanBeUsedAndSaysWhatIsWrong() throws Exception {
    TestCertificate.make(directory, "sealed").writeEncrypted(directory, "open sesame");

    Future<Void> opened = open(TlsEngine.best());

    assertThat(port.obstacle().orElseThrow()).contains("tls.key.passphrase");
    assertThat(log.values("cure")).containsExactly(port.obstacle().orElseThrow());
    assertThat(opened.isComplete()).isFalse();
    assertThat(Futures.failure(vertx.createNetClient().connect(port.number(), "127.0.0.1")))
        .hasMessageContaining("refused");
    Files.writeString(directory.resolve("tls.key.passphrase"), "open sesame");
    port.reload();
    Futures.value(opened);
    assertThat(port.obstacle()).isEmpty();
    assertThat(shown()).isEqualTo("CN=sealed");
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void showsANewCertificateWhileConsolesStayOpen(TlsEngine engine) throws Exception {
    TestCertificate.make(directory, "one").write(directory);
    Futures.value(open(engine));
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    WebSocket console =
        Futures.value(
            sockets.connect(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(port.number())
                    .setSsl(true)
                    .setURI("/")));
    console.textMessageHandler(heard::add);
    Futures.value(console.writeTextMessage("before"));

    TestCertificate.make(directory, "two").write(directory);
    port.reload();
    Awaitility.await("every event loop shows it")
        .atMost(PATIENCE)
        .until(
            () -> List.of(shown(), shown(), shown()).equals(List.of("CN=two", "CN=two", "CN=two")));
    Files.writeString(directory.resolve("tls.key"), "garbage");
    port.reload();

    assertThat(shown()).isEqualTo("CN=two");
    assertThat(port.obstacle()).as("it still serves").isEmpty();
    assertThat(log.values("cure")).last().asString().contains("tls.key holds no private key");
    Futures.value(console.writeTextMessage("after"));
    Awaitility.await("the console").until(() -> heard.size() == 2);
    assertThat(heard).containsExactly("before", "after");
  }

  @Test
  void anExpiredOneOrOneForAnotherNameIsShownWithAWarning() throws Exception {
    TestCertificate.expired(directory, "old").write(directory);
    opens("old");
    assertThat(log.values("cure")).singleElement().asString().contains("expired", "renew it");

    host.set(Hosts.of("https://console.example.com", List.of(), null));

    assertThat(log.values("cure"))
        .last()
        .asString()
        .contains("[localhost]", "console.example.com", "publicUrl");
    TestCertificate.make(directory, "wild").write(directory);
    host.set(Hosts.exposed(host.get().orElseThrow(), exposure -> exposure));
    int before = log.keys().size();
    host.set(Hosts.of("https://localhost", List.of(), null));
    port.reload();
    assertThat(port.certificateEnds().orElseThrow()).isAfter(Clock.systemUTC().instant());
    assertThat(log.values("cure").subList(before, log.keys().size()))
        .noneMatch(cure -> cure != null && cure.contains("browsers use localhost"));
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void refusesOldTlsAndPlainHttp(TlsEngine engine) throws Exception {
    TestCertificate.make(directory, "one").write(directory);
    Futures.value(open(engine));

    for (int minor : new int[] {1, 2}) {
      try (RawClient old = new RawClient(port.number())) {
        byte[] said = old.write(hello(minor)).readToEnd(PATIENCE);
        assertThat(said).as("an alert, and nothing of a handshake").startsWith(21, 3);
        assertThat(said[said.length - 1]).as("protocol_version").isEqualTo((byte) 70);
      }
    }
    try (RawClient plain = new RawClient(port.number())) {
      String said = plain.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").textToEnd(PATIENCE);
      assertThat(said).doesNotContain("HTTP/1.1 2", "ok");
    }
    assertThat(shown()).isEqualTo("CN=one");
  }

  /** A ClientHello of TLS 1.0 or 1.1 with suites that every server of that time knew. */
  private static byte[] hello(int minor) {
    String suites = "c009c00ac013c014002f0035";
    String extensions = "000a000400020017" + "000b00020100";
    String body =
        "03%02x".formatted(minor)
            + "00".repeat(32)
            + "00"
            + "%04x".formatted(suites.length() / 2)
            + suites
            + "0100"
            + "%04x".formatted(extensions.length() / 2)
            + extensions;
    String handshake = "01%06x".formatted(body.length() / 2) + body;
    return HexFormat.of()
        .parseHex("1603%02x%04x".formatted(minor, handshake.length() / 2) + handshake);
  }
}
