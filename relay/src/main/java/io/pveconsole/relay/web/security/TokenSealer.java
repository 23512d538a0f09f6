// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals claims into a compact JWE (RFC 7516, {@code dir} with {@code A256GCM}) and opens it again.
 * A token's header is never parsed: it must be, letter for letter, the one that this class writes
 * for one of the known keys, so that there is no algorithm to choose.
 */
public final class TokenSealer {

  private static final int MAX_LENGTH = 2048;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int PARTS = 5;
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final Supplier<KeyRing> keys;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public TokenSealer(Supplier<KeyRing> keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Makes a token that is good until the given moment. */
  public String seal(TokenPurpose purpose, Claims claims, Instant expires) {
    CookieKey key = keys.get().current();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    String text =
        new JsonObject()
            .put("p", purpose.claim())
            .put("h", claims.host())
            .put("s", claims.session())
            .put("g", claims.grant())
            .put("n", claims.redemption())
            .put("iat", clock.instant().getEpochSecond())
            .put("exp", expires.getEpochSecond())
            .encode();
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      int length = sealed.length - TAG_BYTES;
      return String.join(
          ".",
          key.header(),
          "",
          ENCODER.encodeToString(nonce),
          ENCODER.encodeToString(Arrays.copyOf(sealed, length)),
          ENCODER.encodeToString(Arrays.copyOfRange(sealed, length, sealed.length)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal a token", e);
    }
  }

  /** The claims of a token of that purpose that is still good; empty for anything else. */
  public Optional<Claims> open(TokenPurpose purpose, String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS || !parts[1].isEmpty()) {
      return Optional.empty();
    }
    return keys.get().find(parts[0]).flatMap(key -> open(purpose, key, parts));
  }

  private Optional<Claims> open(TokenPurpose purpose, CookieKey key, String[] parts) {
    try {
      byte[] nonce = DECODER.decode(parts[2]);
      byte[] tag = DECODER.decode(parts[4]);
      if (nonce.length != NONCE_BYTES || tag.length != TAG_BYTES) {
        return Optional.empty();
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
      cipher.update(DECODER.decode(parts[3]));
      String text = new String(cipher.doFinal(tag), StandardCharsets.UTF_8);
      return claims(purpose, new JsonObject(text));
    } catch (GeneralSecurityException
        | DecodeException
        | ClassCastException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, CookieKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(key.header().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  private Optional<Claims> claims(TokenPurpose purpose, JsonObject json) {
    Instant now = clock.instant();
    Instant made = Instant.ofEpochSecond(json.getLong("iat", 0L));
    Instant expires = Instant.ofEpochSecond(json.getLong("exp", 0L));
    if (!purpose.claim().equals(json.getString("p"))
        || !now.minus(LEEWAY).isBefore(expires)
        || now.plus(LEEWAY).isBefore(made)) {
      return Optional.empty();
    }
    return Optional.of(
        new Claims(
            json.getString("h", ""),
            json.getString("s", ""),
            json.getString("g", ""),
            json.getString("n", "")));
  }
}
