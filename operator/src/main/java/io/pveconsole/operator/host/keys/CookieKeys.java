// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.keys;

import io.pveconsole.operator.status.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The three slots: relays accept all of them, and seal with the current one. */
record CookieKeys(@Nullable CookieKey previous, CookieKey current, @Nullable CookieKey next) {

  /** The longest session the CRD allows: a cookie never outlives two generations of keys. */
  static final Duration ROTATION = Duration.ofDays(7);

  static CookieKeys first(RandomGenerator random, Instant now) {
    return new CookieKeys(null, CookieKey.make(random, now), null);
  }

  /**
   * The slots as they should be now. A new key is first only accepted; it is used when every relay
   * has reported it, so that no relay meets a cookie it cannot read.
   *
   * @param loaded newest key of each relay pod
   */
  CookieKeys rotated(Collection<String> loaded, RandomGenerator random, Instant now) {
    if (next == null) {
      boolean due =
          Times.parse(current.notBefore()).filter(t -> now.isBefore(t.plus(ROTATION))).isEmpty();
      return due ? new CookieKeys(previous, current, CookieKey.make(random, now)) : this;
    }
    String kid = next.kid();
    boolean everywhere = !loaded.isEmpty() && loaded.stream().allMatch(kid::equals);
    return everywhere ? new CookieKeys(current, next, null) : this;
  }

  @Override
  public String toString() {
    return "CookieKeys(" + current.kid() + ")";
  }
}
