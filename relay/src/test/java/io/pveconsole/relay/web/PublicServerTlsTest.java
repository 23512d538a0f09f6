// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.relay.Futures;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay's own certificate: read, decrypted, exchanged while running. */
class PublicServerTlsTest {

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private PublicServer serve() throws IOException {
    PublicServer server =
        new PublicServer(
            "127.0.0.1",
            0,
            Optional.of(new TlsFiles(directory).read()),
            TlsEngine.best(),
            request -> request.response().end("ok"));
    Futures.value(vertx.deployVerticle(server));
    return server;
  }

  private String shown(PublicServer server) throws Exception {
    NetClient client =
        vertx.createNetClient(
            new NetClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm(""));
    NetSocket socket = Futures.value(client.connect(server.port(), "127.0.0.1"));
    X509Certificate certificate = (X509Certificate) socket.peerCertificates().getFirst();
    assertThat(socket.sslSession().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
    Futures.value(client.close());
    return certificate.getSubjectX500Principal().getName();
  }

  @Test
  void showsANewCertificateToNewConnections() throws Exception {
    TestCertificate.make(directory, "one").write(directory);
    PublicServer server = serve();
    assertThat(shown(server)).isEqualTo("CN=one");

    TestCertificate.make(directory, "two").write(directory);
    Futures.value(server.update(new TlsFiles(directory).read()));

    assertThat(shown(server)).isEqualTo("CN=two");
  }

  @Test
  void opensAnEncryptedKey() throws Exception {
    TestCertificate.make(directory, "sealed").writeEncrypted(directory, "open sesame");
    assertThatThrownBy(() -> new TlsFiles(directory).read())
        .hasMessageContaining("tls.key.passphrase");

    Files.writeString(directory.resolve("tls.key.passphrase"), "open sesame\n");

    assertThat(shown(serve())).isEqualTo("CN=sealed");
  }

  @Test
  void neverFallsBackToPlainHttp() {
    assertThatThrownBy(() -> new TlsFiles(directory).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls.crt");
  }
}
