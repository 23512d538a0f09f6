// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Self-signed certificates with P-256 keys, which take no time to make. */
public final class SelfSigned {

  private static final Duration LIFE = Duration.ofDays(365);

  private SelfSigned() {}

  /**
   * Writes certificate and key as PEM.
   *
   * @param subject such as {@code CN=localhost}
   */
  public static void write(
      String subject, List<GeneralName> names, Path certificate, Path key, Clock clock)
      throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      writePem(certificate, certificate(subject, names, pair, clock.instant()));
      writePem(key, new PemObject("EC PRIVATE KEY", encoded(pair)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509CertificateHolder certificate(
      String subject, List<GeneralName> names, KeyPair pair, Instant now)
      throws IOException, OperatorCreationException {
    X500Name name = new X500Name(subject);
    return new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(120, new SecureRandom()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(LIFE)),
            name,
            pair.getPublic())
        .addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
  }

  /** SEC 1 with the curve named in it, which Go insists on. */
  private static byte[] encoded(KeyPair pair) throws IOException {
    BigInteger secret = ((ECPrivateKey) pair.getPrivate()).getS();
    return new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1)
        .getEncoded();
  }

  private static void writePem(Path file, Object object) throws IOException {
    try (BufferedWriter text = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
  }
}
