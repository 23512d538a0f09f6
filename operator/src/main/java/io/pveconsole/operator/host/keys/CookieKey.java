// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.keys;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.pveconsole.operator.status.Times;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * A key with which relays seal cookies.
 *
 * @param kid its public name
 * @param key 256 bits, base64
 * @param notBefore when it was made, RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CookieKey(String kid, String key, String notBefore) {

  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 9;

  static CookieKey make(RandomGenerator random, Instant now) {
    byte[] id = new byte[ID_BYTES];
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(id);
    random.nextBytes(key);
    return new CookieKey(
        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
        Base64.getEncoder().encodeToString(key),
        Times.text(now));
  }

  @Override
  public String toString() {
    return "CookieKey(" + kid + ")";
  }
}
