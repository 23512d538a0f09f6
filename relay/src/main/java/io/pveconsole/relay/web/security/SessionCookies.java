// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The two cookies of a session. The profile follows the configured origin: on plain http, which is
 * loopback only, browsers refuse the prefix and {@code Secure}.
 */
public final class SessionCookies {

  private static final Duration ACCESS_LIFE = Duration.ofMinutes(5);

  /** Another site of the same domain can plant cookies of the same name before the right one. */
  private static final int MAX_TRIES = 16;

  private final TokenSealer sealer;
  private final Clock clock;

  public SessionCookies(TokenSealer sealer, Clock clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /** The values of two {@code Set-Cookie} headers. */
  public List<String> issue(PublicOrigin origin, Claims claims, Instant sessionEnds) {
    Instant now = clock.instant();
    Instant accessEnds =
        now.plus(ACCESS_LIFE).isBefore(sessionEnds) ? now.plus(ACCESS_LIFE) : sessionEnds;
    String path = origin.sessionPath(claims.session());
    return List.of(
        cookie(
            origin,
            name(origin, TokenPurpose.ACCESS),
            sealer.seal(TokenPurpose.ACCESS, claims, accessEnds),
            path,
            Duration.between(now, accessEnds)),
        cookie(
            origin,
            name(origin, TokenPurpose.REFRESH),
            sealer.seal(TokenPurpose.REFRESH, claims, sessionEnds),
            path + "/refresh",
            Duration.between(now, sessionEnds)));
  }

  /** Two {@code Set-Cookie} headers that take the cookies away. */
  public List<String> clear(PublicOrigin origin, String session) {
    String path = origin.sessionPath(session);
    return List.of(
        cookie(origin, name(origin, TokenPurpose.ACCESS), "", path, Duration.ZERO),
        cookie(origin, name(origin, TokenPurpose.REFRESH), "", path + "/refresh", Duration.ZERO));
  }

  /** What the {@code Cookie} headers of a request prove, if anything. */
  public Optional<Claims> read(PublicOrigin origin, TokenPurpose purpose, List<String> headers) {
    String wanted = name(origin, purpose) + "=";
    return headers.stream()
        .flatMap(header -> List.of(header.split(";")).stream())
        .map(String::strip)
        .filter(pair -> pair.startsWith(wanted))
        .map(pair -> pair.substring(wanted.length()))
        .limit(MAX_TRIES)
        .flatMap(value -> sealer.open(purpose, value).stream())
        .findFirst();
  }

  private static String name(PublicOrigin origin, TokenPurpose purpose) {
    String plain = purpose == TokenPurpose.ACCESS ? "pvc-access" : "pvc-refresh";
    return origin.isSecure() ? "__Secure-" + plain : plain;
  }

  private static String cookie(
      PublicOrigin origin, String name, String value, String path, Duration life) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + Math.max(0, life.toSeconds())
        + "; HttpOnly; SameSite=Strict"
        + (origin.isSecure() ? "; Secure" : "");
  }
}
