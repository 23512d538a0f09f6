// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.security.cert.CertificateException;

/** Thrown inside TLS so that the certificate seen is still known after the handshake has failed. */
final class UntrustedException extends CertificateException {

  private static final long serialVersionUID = 1L;

  private final transient Certificate seen;
  private final ConnectFailure.UntrustedCertificate.Cause why;

  UntrustedException(Certificate seen, ConnectFailure.UntrustedCertificate.Cause why) {
    super("certificate not trusted: " + why);
    this.seen = seen;
    this.why = why;
  }

  Certificate seen() {
    return seen;
  }

  ConnectFailure.UntrustedCertificate.Cause why() {
    return why;
  }
}
