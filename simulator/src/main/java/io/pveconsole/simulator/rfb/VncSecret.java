// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The password of a VNC server: one at a time, with an expiry. Setting a new one defeats whoever is
 * still answering the challenge with the old.
 */
public final class VncSecret {
  private final Clock clock;
  private byte[] key = new byte[8];
  private @Nullable Instant expires;

  /** No password yet: every answer is wrong. */
  public VncSecret(Clock clock) {
    this.clock = clock;
  }

  /** Replaces the password; of it, eight bytes count. */
  public synchronized void set(String password, Instant until) {
    key = Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), 8);
    expires = until;
  }

  synchronized boolean accepts(byte[] challenge, byte[] response) {
    Instant end = expires;
    return end != null
        && clock.instant().isBefore(end)
        && MessageDigest.isEqual(response(key, challenge), response);
  }

  /** The answer to a challenge: DES in ECB mode, the bits of each key byte reversed. */
  public static byte[] response(byte[] password, byte[] challenge) {
    byte[] reversed = Arrays.copyOf(password, 8);
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = (byte) (Integer.reverse(reversed[i]) >>> 24);
    }
    try {
      Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
      des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(reversed, "DES"));
      return des.doFinal(challenge);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM lacks DES, which VNC authentication needs.", e);
    }
  }
}
