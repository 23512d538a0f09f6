// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The certificate that a server shows, whoever signed it: as {@code openssl s_client} tells it. */
final class ShownCertificate {
  private static final int LIMIT_MILLIS = 20_000;

  private ShownCertificate() {}

  /** SHA-256 as in {@code spec.tls.fingerprints}. */
  static String fingerprint(URI server) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.startHandshake();
      byte[] encoded = socket.getSession().getPeerCertificates()[0].getEncoded();
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    }
  }

  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
