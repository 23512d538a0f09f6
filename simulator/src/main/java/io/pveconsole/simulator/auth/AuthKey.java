// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's RSA key for tickets, and the public part of the one before. The first key is made
 * in the background, since that takes long; whoever needs it waits.
 */
public final class AuthKey {
  private CompletableFuture<KeyPair> current = CompletableFuture.supplyAsync(AuthKey::generate);
  private @Nullable PublicKey previous;

  /** Makes a new key; tickets of the old one stay valid, VNC tickets do not. */
  public synchronized void rotate() {
    previous = current.join().getPublic();
    current = CompletableFuture.completedFuture(generate());
  }

  /** Makes a new key and forgets the old one: every ticket ends. */
  public synchronized void replace() {
    previous = null;
    current = CompletableFuture.completedFuture(generate());
  }

  synchronized String sign(String text) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(current.join().getPrivate());
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized boolean verify(String text, String signature, boolean alsoPrevious) {
    PublicKey old = previous;
    return verify(current.join().getPublic(), text, signature)
        || (alsoPrevious && old != null && verify(old, text, signature));
  }

  private static boolean verify(PublicKey key, String text, String signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
