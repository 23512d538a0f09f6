// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.session.Admission;
import io.pveconsole.relay.session.LinkSecret;
import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.session.Redeemer;
import io.pveconsole.relay.session.SessionEnder;
import io.pveconsole.relay.web.security.Problem;
import io.pveconsole.relay.web.security.TokenPurpose;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The four calls of the page. */
public final class SessionCalls {

  private final Doorkeeper door;
  private final Redeemer redeemer;
  private final Admission admission;
  private final SessionEnder ender;
  private final RelayMetrics metrics;
  private final Clock clock;

  public SessionCalls(
      Doorkeeper door,
      Redeemer redeemer,
      Admission admission,
      SessionEnder ender,
      RelayMetrics metrics,
      Clock clock) {
    this.door = door;
    this.redeemer = redeemer;
    this.admission = admission;
    this.ender = ender;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Says how the session is. */
  void state(Exchange exchange) {
    exchange.body();
    answer(
        exchange,
        door.holder(exchange, TokenPurpose.ACCESS).compose(admission::known),
        grant -> exchange.json(describe(grant)));
  }

  private JsonObject describe(Grant grant) {
    return new JsonObject()
        .put("state", "Open")
        .put("console", grant.spec().console().name())
        .put("viewOnly", Boolean.TRUE.equals(grant.spec().viewOnly()))
        .put("clipboard", String.valueOf(grant.spec().clipboard()))
        .put("expiresInSeconds", Duration.between(clock.instant(), grant.expires()).toSeconds())
        .put("idleTimeoutSeconds", grant.spec().idleTimeoutSeconds());
  }

  /** Exchanges a link's secret for cookies. */
  void redeem(Exchange exchange) {
    answer(
        exchange,
        redeem(exchange, exchange.body())
            .onComplete((grant, failure) -> metrics.count("redeems", outcome(failure))),
        grant -> issue(exchange, grant));
  }

  private Future<Grant> redeem(Exchange exchange, JsonObject body) {
    Optional<LinkSecret> secret = LinkSecret.of(text(body, "secret"), text(body, "nonce"));
    if (exchange.isAhead()) {
      return Future.failedFuture(new ProblemException(Problem.NOT_VISIBLE));
    }
    if (secret.isEmpty()) {
      return Future.failedFuture(new ProblemException(Problem.WRONG_SECRET));
    }
    boolean right = redeemer.isRight(exchange.session(), secret.get());
    return door.allows(exchange, right)
        ? redeemer.redeem(exchange.session(), secret.get(), exchange.address())
        : Future.failedFuture(new ProblemException(Problem.TOO_MANY_REQUESTS));
  }

  private static String text(JsonObject body, String name) {
    return body.getValue(name) instanceof String text ? text : "";
  }

  private static String outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return "Ok";
    }
    return failure instanceof ProblemException known ? known.problem().code() : "Failed";
  }

  /** Gives new cookies for old ones. */
  void refresh(Exchange exchange) {
    exchange.body();
    answer(
        exchange,
        door.holder(exchange, TokenPurpose.REFRESH).compose(claims -> admission.live(claims)),
        grant -> issue(exchange, grant));
  }

  private Future<Void> issue(Exchange exchange, Grant grant) {
    door.issue(exchange, admission.claims(grant), grant.expires());
    return exchange.noContent();
  }

  /** Ends the session for good. */
  void end(Exchange exchange) {
    exchange.body();
    answer(
        exchange,
        door.holder(exchange, TokenPurpose.ACCESS).compose(admission::known).compose(ender::end),
        ended -> {
          door.clear(exchange);
          return exchange.noContent();
        });
  }

  private void answer(
      Exchange exchange, Future<Grant> decided, Function<Grant, Future<Void>> send) {
    decided
        .compose(send)
        .onFailure(
            thrown -> {
              door.refused(exchange, thrown);
              exchange.context().fail(thrown);
            });
  }
}
