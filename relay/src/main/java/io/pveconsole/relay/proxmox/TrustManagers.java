// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Turns a {@link Trust} into what TLS asks. */
final class TrustManagers {

  private TrustManagers() {}

  static X509ExtendedTrustManager of(Trust trust) {
    return switch (trust) {
      case Trust.SystemCas system -> authorities(null);
      case Trust.CaBundle bundle -> authorities(store(parse(bundle.pem())));
      case Trust.Pinned pinned -> new PinnedTrustManager(pinned);
    };
  }

  /** The certificates of a PEM text, at least one. */
  static Collection<? extends java.security.cert.Certificate> parse(String pem) {
    Collection<? extends java.security.cert.Certificate> found;
    try {
      found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("the CA bundle is not in PEM form", e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("the CA bundle holds no certificate");
    }
    return found;
  }

  private static KeyStore store(Collection<? extends java.security.cert.Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (java.security.cert.Certificate authority : authorities) {
        store.setCertificateEntry("ca" + number++, authority);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot hold the CA bundle", e);
    }
  }

  private static X509ExtendedTrustManager authorities(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager judge) {
          return new AuthorityTrustManager(judge);
        }
      }
      throw new IllegalStateException("this Java has no X.509 trust manager");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot read the trusted authorities", e);
    }
  }
}
