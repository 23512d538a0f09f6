// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.web.security.Claims;
import io.pveconsole.relay.web.security.Problem;
import io.pveconsole.relay.web.security.SessionCookies;
import io.pveconsole.relay.web.security.TokenPurpose;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Looks at cookies and gives them out, and keeps those off who ask too often. */
public final class Doorkeeper {

  private static final int OVER = 410;

  private final SessionCookies cookies;
  private final CallLimits limits;

  private final RelayMetrics metrics;

  public Doorkeeper(SessionCookies cookies, RelayMetrics metrics, LongSupplier nanoTime) {
    this(cookies, metrics, new CallLimits(CallLimits.Rates.DEFAULT, nanoTime));
  }

  Doorkeeper(SessionCookies cookies, RelayMetrics metrics, CallLimits limits) {
    this.cookies = cookies;
    this.metrics = metrics;
    this.limits = limits;
  }

  /**
   * What the cookie claims. A wrong one costs no more than its decryption: neither the API server
   * nor the share of the holder.
   */
  Future<Claims> holder(Exchange exchange, TokenPurpose purpose) {
    Optional<Claims> claims = exchange.claims(cookies, purpose);
    if (claims.isEmpty()) {
      return Future.failedFuture(new ProblemException(Problem.NOT_SIGNED_IN));
    }
    return limits.allowHolder(exchange.session())
        ? Future.succeededFuture(claims.get())
        : Future.failedFuture(new ProblemException(Problem.TOO_MANY_REQUESTS));
  }

  /** Whether a secret may be tried; the right one is not slowed down by wrong ones. */
  boolean allows(Exchange exchange, boolean right) {
    return right
        ? limits.allowHolder(exchange.session())
        : limits.allowStranger(exchange.session(), exchange.client());
  }

  void issue(Exchange exchange, Claims claims, Instant sessionEnds) {
    exchange.setCookies(cookies.issue(exchange.face().origin(), claims, sessionEnds));
  }

  void clear(Exchange exchange) {
    exchange.setCookies(cookies.clear(exchange.face().origin(), exchange.session()));
  }

  /** Counts a refusal, and takes the cookies of a session that is over. */
  void refused(Exchange exchange, Throwable thrown) {
    if (thrown instanceof ProblemException known) {
      metrics.count("refusals", known.problem().code());
      if (known.problem().status() == OVER) {
        clear(exchange);
      }
    }
  }
}
