// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cookies: what they look like and what opens them. */
class SessionCookiesTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final PublicOrigin HTTPS =
      PublicOrigin.of("https://Console.Example.com:443", "/pve7");
  private static final PublicOrigin LOOPBACK = PublicOrigin.of("http://localhost:8080", "/");
  private static final Claims CLAIMS = new Claims("host", "session", "grant", "redemption");

  private Instant now = NOW;
  private KeyRing keys = new KeyRing(null, key("one", 1), null);
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private final SessionCookies cookies =
      new SessionCookies(new TokenSealer(() -> keys, clock), clock);

  private static CookieKey key(String kid, int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return CookieKey.of(kid, bytes, Instant.EPOCH);
  }

  private List<String> issue(PublicOrigin origin) {
    return cookies.issue(origin, CLAIMS, NOW.plus(Duration.ofHours(1)));
  }

  private static List<String> sent(List<String> issued) {
    return List.of(issued.get(0).split(";")[0] + "; " + issued.get(1).split(";")[0]);
  }

  private Optional<Claims> read(TokenPurpose purpose, List<String> header) {
    return cookies.read(HTTPS, purpose, header);
  }

  @Test
  void arePrefixedAndBoundToTheSessionsPath() {
    List<String> issued = issue(HTTPS);

    assertThat(issued.get(0))
        .startsWith("__Secure-pvc-access=")
        .endsWith("; Path=/pve7/c/session; Max-Age=300; HttpOnly; SameSite=Strict; Secure");
    assertThat(issued.get(1))
        .startsWith("__Secure-pvc-refresh=")
        .endsWith(
            "; Path=/pve7/c/session/refresh; Max-Age=3600; HttpOnly; SameSite=Strict; Secure");
    assertThat(issued).allSatisfy(c -> assertThat(c).doesNotContain("redemption"));
  }

  @Test
  void havePlainNamesOnLoopback() {
    assertThat(issue(LOOPBACK).get(0))
        .startsWith("pvc-access=")
        .contains("Path=/c/session;")
        .doesNotContain("Secure");
  }

  @Test
  void openForTheirPurposeOnly() {
    List<String> issued = issue(HTTPS);
    String access = issued.get(0).split("[=;]", 3)[1];

    assertThat(read(TokenPurpose.ACCESS, sent(issued))).contains(CLAIMS);
    assertThat(read(TokenPurpose.REFRESH, sent(issued))).contains(CLAIMS);
    assertThat(read(TokenPurpose.REFRESH, List.of("__Secure-pvc-refresh=" + access))).isEmpty();
    assertThat(cookies.read(LOOPBACK, TokenPurpose.ACCESS, sent(issued))).isEmpty();
  }

  @Test
  void endByThemselves() {
    List<String> issued = issue(HTTPS);
    now = NOW.plus(Duration.ofMinutes(6));

    assertThat(read(TokenPurpose.ACCESS, sent(issued))).isEmpty();
    assertThat(read(TokenPurpose.REFRESH, sent(issued))).contains(CLAIMS);
    now = NOW.plus(Duration.ofHours(1)).plus(Duration.ofMinutes(1));
    assertThat(read(TokenPurpose.REFRESH, sent(issued))).isEmpty();
  }

  @Test
  void areRefusedWhenMadeFarInTheFuture() {
    List<String> issued = issue(HTTPS);
    now = NOW.minus(Duration.ofSeconds(61));

    assertThat(read(TokenPurpose.ACCESS, sent(issued))).isEmpty();
  }

  @Test
  void surviveARotationThroughThreeSlots() {
    keys = new KeyRing(null, key("one", 1), key("two", 2));
    List<String> before = issue(HTTPS);
    keys = new KeyRing(key("one", 1), key("two", 2), key("three", 3));
    List<String> after = issue(HTTPS);

    assertThat(read(TokenPurpose.ACCESS, sent(before))).contains(CLAIMS);
    assertThat(read(TokenPurpose.ACCESS, sent(after))).contains(CLAIMS);
    keys = new KeyRing(null, key("one", 1), key("two", 2));
    assertThat(read(TokenPurpose.ACCESS, sent(after)))
        .describedAs("a relay that still has the second key as its next one")
        .contains(CLAIMS);
    keys = new KeyRing(key("three", 3), key("four", 4), null);
    assertThat(read(TokenPurpose.ACCESS, sent(before))).isEmpty();
    assertThat(keys.newestKid()).isEqualTo("four");
  }

  @Test
  void areRefusedWhenTamperedWith() {
    String token = issue(HTTPS).get(0).split("[=;]", 3)[1];
    char last = token.charAt(token.length() - 3);
    String changed =
        token.substring(0, token.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + token.substring(token.length() - 2);
    String unsigned = "eyJhbGciOiJub25lIn0.eyJwIjoiYSJ9.";

    for (String bad : List.of(changed, unsigned, "", "a.b.c.d.e", "x".repeat(5000))) {
      assertThat(read(TokenPurpose.ACCESS, List.of("__Secure-pvc-access=" + bad))).isEmpty();
    }
  }

  @Test
  void areTakenAway() {
    assertThat(cookies.clear(HTTPS, "session"))
        .allSatisfy(cookie -> assertThat(cookie).contains("=; ").contains("Max-Age=0"));
  }

  @Test
  void keysDoNotShowThemselves() {
    assertThat(key("one", 65).toString()).isEqualTo("CookieKey(one)");
    assertThat(keys.toString()).doesNotContain("SecretKeySpec");
    assertThatThrownBy(() -> CookieKey.of("k", new byte[16], NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
