// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.pveconsole.relay.proxmox.ConnectFailure.UntrustedCertificate.Cause;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's own judgement by authorities and name; adds which certificate failed, and at what. */
final class AuthorityTrustManager extends ServerTrustManager {

  private final X509ExtendedTrustManager judge;

  AuthorityTrustManager(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw untrusted(chain, authType, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw untrusted(chain, authType, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a name cannot be checked without its connection");
  }

  private CertificateException untrusted(
      X509Certificate[] chain, String authType, CertificateException failure) {
    CertificateException untrusted =
        new UntrustedException(Certificate.of(chain[0]), cause(chain, authType));
    untrusted.initCause(failure);
    return untrusted;
  }

  private Cause cause(X509Certificate[] chain, String authType) {
    try {
      chain[0].checkValidity();
    } catch (CertificateException e) {
      return Cause.NOT_NOW_VALID;
    }
    try {
      judge.checkServerTrusted(chain, authType);
      return Cause.OTHER_NAME;
    } catch (CertificateException e) {
      return Cause.UNKNOWN_AUTHORITY;
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
