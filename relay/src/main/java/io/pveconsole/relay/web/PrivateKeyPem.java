// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads a private key in any of the forms that OpenSSL and cert-manager write. */
final class PrivateKeyPem {

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PrivateKeyPem() {}

  /**
   * The key.
   *
   * @param passphrase asked for only where the key is encrypted; empty where there is none
   * @throws CertificateException when it cannot be read
   */
  static PrivateKey read(String text, Supplier<String> passphrase) {
    List<Pem> keys =
        Pem.all(text).stream().filter(block -> block.kind().endsWith("PRIVATE KEY")).toList();
    if (keys.isEmpty()) {
      throw new CertificateException("tls.key holds no private key in PEM form.");
    }
    Pem pem = keys.getFirst();
    try {
      return switch (pem.kind()) {
        case "PRIVATE KEY" -> key(pem.content());
        case "RSA PRIVATE KEY" -> key(Pkcs8.ofRsa(plain(pem)));
        case "EC PRIVATE KEY" -> key(Pkcs8.ofEc(plain(pem)));
        case "ENCRYPTED PRIVATE KEY" -> key(decrypt(pem.content(), passphrase.get()));
        default ->
            throw new CertificateException(
                "tls.key is a " + pem.kind() + "; RSA, EC and Ed25519 keys can be used.");
      };
    } catch (IllegalArgumentException e) {
      throw new CertificateException("tls.key is damaged: its content is no key.");
    }
  }

  private static byte[] plain(Pem pem) {
    if (pem.base64().contains("Proc-Type")) {
      throw new CertificateException(
          "tls.key is encrypted in OpenSSL's old form; convert it: openssl pkcs8 -topk8 -v2"
              + " aes-256-cbc -in old.key -out tls.key");
    }
    return pem.content();
  }

  private static PrivateKey key(byte[] pkcs8) {
    return ALGORITHMS.stream()
        .flatMap(algorithm -> key(algorithm, pkcs8).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new CertificateException(
                    "tls.key is damaged or of an unknown kind; RSA, EC and Ed25519 keys can be"
                        + " used."));
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static byte[] decrypt(byte[] sealed, String passphrase) {
    if (passphrase.isEmpty()) {
      throw new CertificateException(
          "tls.key is encrypted: add its passphrase to the Secret as key tls.key.passphrase.");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(sealed);
      String algorithm = info.getAlgParameters().toString();
      Cipher cipher = Cipher.getInstance(algorithm);
      Key key =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(passphrase.toCharArray()));
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new CertificateException(
          "tls.key cannot be decrypted: tls.key.passphrase in the Secret is wrong, or the key is"
              + " not encrypted with PBES2 and AES (openssl pkcs8 -topk8 -v2 aes-256-cbc).");
    }
  }
}
