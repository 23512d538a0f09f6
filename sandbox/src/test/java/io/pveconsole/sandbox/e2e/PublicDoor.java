// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The way in for clients that check certificates: the ingress controller, by TLS. */
final class PublicDoor implements AutoCloseable {
  /** Of the ingress controller; {@code src/test/cluster/hosts} has it too. */
  static final String ADDRESS = "10.87.0.10";

  private final SSLContext tls;
  private final HttpClient http;

  private PublicDoor(SSLContext tls) {
    this.tls = tls;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .sslContext(tls)
            .build();
  }

  /** Trusts the authority that issued the host's certificate, and no other. */
  static PublicDoor of(KubeCluster cluster) {
    Secret secret = certificate(cluster);
    try {
      byte[] pem = Base64.getMimeDecoder().decode(secret.getData().get("ca.crt"));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem)));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new PublicDoor(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The Secret with the certificate of the first host's name. */
  static Secret certificate(KubeCluster cluster) {
    return cluster
        .kubernetes()
        .secrets()
        .inNamespace(KubeCluster.CONSOLES)
        .withName(KubeCluster.HOST + "-public-tls")
        .require();
  }

  RelayCalls calls(URI url) {
    return new RelayCalls(http, url);
  }

  /** The serial number of the certificate that a new connection gets. */
  BigInteger serial(String name) {
    try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(name, 443)) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
