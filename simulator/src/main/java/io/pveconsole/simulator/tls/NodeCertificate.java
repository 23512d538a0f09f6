// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A node's leaf certificate and its key. The server sends this leaf alone, never the CA. */
public record NodeCertificate(X509Certificate leaf, PrivateKey key) {

  /** A TLS context that presents this certificate. */
  public SSLContext serverContext() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("node", key, new char[0], new Certificate[] {leaf});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot set up TLS.", e);
    }
  }

  /** SHA-256 of the DER form, in Proxmox's spelling. */
  public String fingerprint() {
    return Pem.fingerprint(leaf);
  }

  @Override
  public String toString() {
    return "NodeCertificate[" + fingerprint() + "]";
  }
}
