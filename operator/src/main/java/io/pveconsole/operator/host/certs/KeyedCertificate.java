// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.certs;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** A certificate with its private key. */
record KeyedCertificate(X509Certificate certificate, PrivateKey key) {

  /** Whether less than that is left of its time. */
  boolean endsWithin(Duration time, Instant now) {
    return certificate.getNotAfter().toInstant().isBefore(now.plus(time));
  }

  @Override
  public String toString() {
    return "KeyedCertificate(" + certificate.getSubjectX500Principal() + ")";
  }
}
