// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The answer to VNC authentication: DES with the bits of each key byte reversed (RFC 6143). */
final class VncChallenge {

  static final int BYTES = 16;
  private static final int KEY_BYTES = 8;

  private VncChallenge() {}

  static byte[] answer(String password, byte[] challenge) {
    byte[] text = password.getBytes(StandardCharsets.ISO_8859_1);
    byte[] key = Arrays.copyOf(text, KEY_BYTES);
    for (int i = 0; i < KEY_BYTES; i++) {
      key[i] = (byte) (Integer.reverse(key[i]) >>> 24);
    }
    try {
      Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
      des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
      return des.doFinal(challenge);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no DES", e);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }
}
