// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes CAs and what they sign; keys are P-256. */
final class CertificateMaker {

  static final Duration CA_LIFE = Duration.ofDays(3650);
  static final Duration SERVING_LIFE = Duration.ofDays(90);

  /** Clocks of other machines may be late. */
  private static final Duration BEFORE = Duration.ofMinutes(10);

  private static final int SERIAL_BYTES = 16;

  private final RandomGenerator random;

  CertificateMaker(RandomGenerator random) {
    this.random = random;
  }

  KeyedCertificate authority(String name, Instant now) {
    KeyPair pair = keyPair();
    X500Name subject = new X500Name("CN=" + name);
    try {
      var utils = new JcaX509ExtensionUtils();
      var builder =
          builder(subject, subject, pair.getPublic(), now, CA_LIFE)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  utils.createSubjectKeyIdentifier(pair.getPublic()));
      return new KeyedCertificate(
          converted(builder.build(signer().build(pair.getPrivate()))), pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every Java can sign with P-256", e);
    }
  }

  /** The first of the names is the subject. */
  KeyedCertificate serving(KeyedCertificate authority, Collection<ServingName> names, Instant now) {
    KeyPair pair = keyPair();
    X509Certificate ca = authority.certificate();
    X500Name issuer = X500Name.getInstance(ca.getSubjectX500Principal().getEncoded());
    X500Name subject = new X500Name("CN=" + names.iterator().next().text());
    try {
      var utils = new JcaX509ExtensionUtils();
      var builder =
          builder(issuer, subject, pair.getPublic(), now, SERVING_LIFE)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(Extension.subjectAlternativeName, false, general(names))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  utils.createAuthorityKeyIdentifier(ca.getPublicKey()));
      return new KeyedCertificate(
          converted(builder.build(signer().build(authority.key()))), pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every Java can sign with P-256", e);
    }
  }

  private JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life) {
    byte[] serial = new byte[SERIAL_BYTES];
    random.nextBytes(serial);
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(1, serial),
        Date.from(now.minus(BEFORE)),
        Date.from(now.plus(life)),
        subject,
        key);
  }

  private static JcaContentSignerBuilder signer() {
    return new JcaContentSignerBuilder("SHA256withECDSA");
  }

  private static X509Certificate converted(X509CertificateHolder holder)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static GeneralNames general(Collection<ServingName> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        name.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName,
                        name.text()))
            .toArray(GeneralName[]::new));
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }
}
