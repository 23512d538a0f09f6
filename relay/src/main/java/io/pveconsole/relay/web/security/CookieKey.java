// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit key of cookies.
 *
 * @param kid its name, not secret
 * @param notBefore when it was made to be used
 */
public record CookieKey(String kid, SecretKey key, Instant notBefore) {

  private static final int KEY_BYTES = 32;

  public CookieKey {
    if (kid.isBlank()) {
      throw new IllegalArgumentException("a cookie key has a kid");
    }
  }

  /** A key from its bytes. */
  public static CookieKey of(String kid, byte[] bytes, Instant notBefore) {
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("a cookie key has 32 bytes");
    }
    return new CookieKey(kid, new SecretKeySpec(bytes, "AES"), notBefore);
  }

  /** The only header that a token sealed with this key has, as it stands in the token. */
  String header() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":" + Json.encode(kid) + "}")
                .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "CookieKey(" + kid + ")";
  }
}
