// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * SHA-256 of a certificate's DER form, written as Proxmox shows it: upper-case hex pairs with
 * colons. Any case is read, with or without colons.
 */
public record Fingerprint(String text) {

  private static final HexFormat FORM = HexFormat.ofDelimiter(":").withUpperCase();
  private static final int SHA256_BYTES = 32;

  public Fingerprint {
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(text.replace(":", "").strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a SHA-256 fingerprint: " + text, e);
    }
    if (bytes.length != SHA256_BYTES) {
      throw new IllegalArgumentException("not a SHA-256 fingerprint: " + text);
    }
    text = FORM.formatHex(bytes);
  }

  /** The fingerprint of a certificate. */
  public static Fingerprint of(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new Fingerprint(FORM.formatHex(hash));
    } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot hash a certificate", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
