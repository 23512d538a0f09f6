// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Seals claims into a JWE and opens it again. The algorithm is fixed here: a token's header only
 * says which key.
 */
public final class TokenSealer {

  private static final int MAX_LENGTH = 2048;
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private final Supplier<KeyRing> keys;
  private final Clock clock;

  public TokenSealer(Supplier<KeyRing> keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Makes a token that is good until the given moment. */
  public String seal(TokenPurpose purpose, Claims claims, Instant expires) {
    CookieKey key = keys.get().current();
    JWEObject token =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(key.kid())
                .build(),
            new Payload(
                new JsonObject()
                    .put("p", purpose.claim())
                    .put("h", claims.host())
                    .put("s", claims.session())
                    .put("g", claims.grant())
                    .put("n", claims.redemption())
                    .put("iat", clock.instant().getEpochSecond())
                    .put("exp", expires.getEpochSecond())
                    .encode()));
    try {
      token.encrypt(new DirectEncrypter(key.key()));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot seal a token", e);
    }
    return token.serialize();
  }

  /** The claims of a token of that purpose that is still good; empty for anything else. */
  public Optional<Claims> open(TokenPurpose purpose, String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      JWEObject token = JWEObject.parse(text);
      JWEHeader header = token.getHeader();
      if (!JWEAlgorithm.DIR.equals(header.getAlgorithm())
          || !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
          || header.getCompressionAlgorithm() != null
          || header.getKeyID() == null) {
        return Optional.empty();
      }
      Optional<CookieKey> key = keys.get().find(header.getKeyID());
      if (key.isEmpty()) {
        return Optional.empty();
      }
      token.decrypt(new DirectDecrypter(key.get().key()));
      return claims(purpose, new JsonObject(token.getPayload().toString()));
    } catch (ParseException
        | JOSEException
        | DecodeException
        | ClassCastException
        | IllegalStateException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Claims> claims(TokenPurpose purpose, JsonObject json) {
    Instant now = clock.instant();
    if (!purpose.claim().equals(json.getString("p"))
        || !now.isBefore(Instant.ofEpochSecond(json.getLong("exp", 0L)))
        || now.plus(LEEWAY).isBefore(Instant.ofEpochSecond(json.getLong("iat", 0L)))) {
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
