// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The three slots: what is sealed with {@code current} can be opened by relays that know it as
 * {@code next}, {@code current} or {@code previous}.
 */
public record KeyRing(@Nullable CookieKey previous, CookieKey current, @Nullable CookieKey next) {

  /** The key that sealed a token of that header, from any slot. */
  Optional<CookieKey> find(String header) {
    return Stream.of(Optional.of(current), Optional.ofNullable(next), Optional.ofNullable(previous))
        .flatMap(Optional::stream)
        .filter(key -> key.header().equals(header))
        .findFirst();
  }

  /** The name of the newest key, which a relay reports. */
  public String newestKid() {
    CookieKey following = next;
    return following == null ? current.kid() : following.kid();
  }
}
