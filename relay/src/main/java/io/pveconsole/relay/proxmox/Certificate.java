// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** The leaf certificate that an endpoint showed, trusted or not. */
public record Certificate(Fingerprint fingerprint, String subject, Instant notAfter) {

  static Certificate of(X509Certificate leaf) {
    return new Certificate(
        Fingerprint.of(leaf),
        leaf.getSubjectX500Principal().getName(),
        leaf.getNotAfter().toInstant());
  }
}
