// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import io.pveconsole.relay.web.security.Claims;
import io.pveconsole.relay.web.security.CookieKey;
import io.pveconsole.relay.web.security.KeyRing;
import io.pveconsole.relay.web.security.PublicOrigin;
import io.pveconsole.relay.web.security.SessionCookies;
import io.pveconsole.relay.web.security.TokenPurpose;
import io.pveconsole.relay.web.security.TokenSealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cookies, opened at each call and each WebSocket. Time stands still, so that none expires. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AccessCookieBenchmark {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int KEY_BYTES = 32;

  private final PublicOrigin origin = PublicOrigin.of("https://console.example.com", "/pve7");
  private final Claims claims =
      new Claims(
          "0b5c1c1e-8f0e-4c55-9a43-0d9c6f2f7a10",
          "6f1c7a52-6f6d-4f4b-8a5e-4a0d5b7b9c33",
          "b4c0c0de-1234-4abc-9def-5a5a5a5a5a5a",
          "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
  private final KeyRing keys = new KeyRing(key("previous", 1), key("current", 2), key("next", 3));
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final SessionCookies cookies =
      new SessionCookies(new TokenSealer(() -> keys, clock), clock);
  private final List<String> good = List.of(access());
  private final List<String> forged = List.of(forge(access()));

  private static CookieKey key(String kid, int fill) {
    byte[] bytes = new byte[KEY_BYTES];
    Arrays.fill(bytes, (byte) fill);
    return CookieKey.of(kid, bytes, Instant.EPOCH);
  }

  private List<String> both() {
    return cookies.issue(origin, claims, NOW.plus(Duration.ofHours(1)));
  }

  private String access() {
    return both().get(0).split(";", 2)[0];
  }

  /** The same length and the same key's name, another authentication tag. */
  private static String forge(String cookie) {
    int tag = cookie.lastIndexOf('.') + 1;
    return cookie.substring(0, tag)
        + (cookie.charAt(tag) == 'A' ? 'B' : 'A')
        + cookie.substring(tag + 1);
  }

  /** A good access cookie: found in the header, decrypted, its purpose and times checked. */
  @Benchmark
  public Optional<Claims> open() {
    return cookies.read(origin, TokenPurpose.ACCESS, good);
  }

  /** A forged one, which is what an attacker can make the relay pay for. */
  @Benchmark
  public Optional<Claims> refuseForged() {
    return cookies.read(origin, TokenPurpose.ACCESS, forged);
  }

  /** Both cookies, as at redemption and refresh. */
  @Benchmark
  public List<String> issue() {
    return both();
  }

  /** What a good cookie says. */
  Claims claims() {
    return claims;
  }
}
