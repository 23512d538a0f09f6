// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Looks at the certificate that browsers or the ingress controller will be shown. */
final class ServingCertificate {

  private static final byte[] PROBE = "pveconsole".getBytes(StandardCharsets.US_ASCII);

  private ServingCertificate() {}

  /**
   * The first certificate of the chain.
   *
   * @throws CertificateException when there is none, or when it is not that key's
   */
  static X509Certificate check(String chain, PrivateKey key) {
    List<Pem> blocks =
        Pem.all(chain).stream().filter(block -> block.kind().equals("CERTIFICATE")).toList();
    if (blocks.isEmpty()) {
      throw new CertificateException("tls.crt holds no certificate in PEM form.");
    }
    X509Certificate leaf = certificate(blocks.getFirst());
    blocks.forEach(ServingCertificate::certificate);
    if (!belong(leaf.getPublicKey(), key)) {
      throw new CertificateException(
          "tls.key is not the key of the first certificate in tls.crt: put the server's own"
              + " certificate first, and its own key beside it.");
    }
    return leaf;
  }

  private static X509Certificate certificate(Pem block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CertificateException("tls.crt is damaged: a block in it is no certificate.");
    }
  }

  private static boolean belong(PublicKey open, PrivateKey secret) {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
