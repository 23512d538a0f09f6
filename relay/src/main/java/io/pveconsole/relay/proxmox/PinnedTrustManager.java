// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/**
 * Trusts leaf certificates by fingerprint alone, as Proxmox's own client does. Extended, since the
 * JDK would wrap a plain trust manager and check the name after all.
 */
final class PinnedTrustManager extends ServerTrustManager {

  private final Set<Fingerprint> pins;

  PinnedTrustManager(Trust.Pinned pinned) {
    this.pins = Set.copyOf(pinned.fingerprints());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    Certificate leaf = Certificate.of(chain[0]);
    if (!pins.contains(leaf.fingerprint())) {
      throw new UntrustedException(
          leaf, ConnectFailure.UntrustedCertificate.Cause.OTHER_FINGERPRINT);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
