// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Opens a private key in encrypted PKCS#8, which Vert.x does not read. */
final class EncryptedKey {

  private static final String BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
  private static final String END = "-----END ENCRYPTED PRIVATE KEY-----";

  private EncryptedKey() {}

  static boolean isEncrypted(String pem) {
    return pem.contains(BEGIN);
  }

  /** The same key in plain PKCS#8. */
  static String decrypt(String pem, String passphrase) throws IOException {
    String base64 = pem.substring(pem.indexOf(BEGIN) + BEGIN.length(), pem.indexOf(END));
    try {
      EncryptedPrivateKeyInfo info =
          new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(base64));
      String algorithm = info.getAlgParameters().toString();
      Cipher cipher = Cipher.getInstance(algorithm);
      Key key =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(passphrase.toCharArray()));
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      byte[] plain = info.getKeySpec(cipher).getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(plain)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "tls.key cannot be decrypted: is tls.key.passphrase right, and the key encrypted with"
              + " PBES2?");
    }
  }
}
