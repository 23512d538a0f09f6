// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.GrantEnded;
import io.pveconsole.relay.grants.EndConfirmer;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWriter;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.session.Admission;
import io.pveconsole.relay.session.ApiFailures;
import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.session.Redeemer;
import io.pveconsole.relay.viewer.Viewers;
import io.pveconsole.relay.web.security.SessionCookies;
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

  private final Redeemer redeemer;
  private final Admission admission;
  private final SessionCookies cookies;
  private final GrantWriter writer;
  private final GrantRegistry registry;
  private final Viewers viewers;
  private final RelayMetrics metrics;
  private final Ending ending;
  private final ApiFailures failures;

  /** What an end that is written here needs. */
  public record Ending(String podName, Clock clock) {
    GrantEnded closedByUser() {
      return EndConfirmer.ended(TerminationReason.ClosedByUser, podName, clock);
    }
  }

  public SessionCalls(
      Redeemer redeemer,
      Admission admission,
      SessionCookies cookies,
      GrantWriter writer,
      GrantRegistry registry,
      Viewers viewers,
      RelayMetrics metrics,
      Ending ending) {
    this.redeemer = redeemer;
    this.admission = admission;
    this.cookies = cookies;
    this.writer = writer;
    this.registry = registry;
    this.viewers = viewers;
    this.metrics = metrics;
    this.ending = ending;
    this.failures = new ApiFailures(ending.clock());
  }

  /** Says how the session is. */
  void state(Exchange exchange) {
    exchange.body();
    answer(
        exchange,
        admission.known(exchange.session(), exchange.claims(cookies, TokenPurpose.ACCESS)),
        grant -> exchange.json(describe(grant)));
  }

  private JsonObject describe(Grant grant) {
    return new JsonObject()
        .put("state", "Open")
        .put("console", grant.spec().console().name())
        .put("viewOnly", Boolean.TRUE.equals(grant.spec().viewOnly()))
        .put("clipboard", String.valueOf(grant.spec().clipboard()))
        .put(
            "expiresInSeconds",
            Duration.between(ending.clock().instant(), grant.expires()).toSeconds())
        .put("idleTimeoutSeconds", grant.spec().idleTimeoutSeconds());
  }

  /** Exchanges a link's secret for cookies. */
  void redeem(Exchange exchange) {
    JsonObject body = exchange.body();
    String secret = body.getValue("secret") instanceof String text ? text : "";
    String nonce = body.getValue("nonce") instanceof String text ? text : "";
    answer(
        exchange,
        redeemer
            .redeem(exchange.session(), secret, nonce, exchange.address())
            .onComplete((grant, failure) -> metrics.count("redeems", outcome(failure))),
        grant -> issue(exchange, grant));
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
        admission.live(
            exchange.session(), exchange.claims(cookies, TokenPurpose.REFRESH), grant -> false),
        grant -> issue(exchange, grant));
  }

  private Future<Void> issue(Exchange exchange, Grant grant) {
    return exchange.noContent(
        cookies.issue(exchange.face().origin(), admission.claims(grant), grant.expires()));
  }

  /** Ends the session for good. */
  void end(Exchange exchange) {
    exchange.body();
    String session = exchange.session();
    answer(
        exchange,
        admission
            .known(session, exchange.claims(cookies, TokenPurpose.ACCESS))
            .compose(this::writeEnd),
        ended -> {
          registry.endHere(session, TerminationReason.ClosedByUser);
          viewers.changed(ended);
          return exchange.noContent(cookies.clear(exchange.face().origin(), session));
        });
  }

  private Future<Grant> writeEnd(Grant grant) {
    return writer
        .change(
            grant.name(),
            grant.uid(),
            now ->
                now.status().ended() != null
                    ? Optional.empty()
                    : Optional.of(StatusPatch.over(ending.closedByUser())))
        .recover(thrown -> Future.failedFuture(failures.unavailable("end", grant.name(), thrown)));
  }

  private static void answer(
      Exchange exchange, Future<Grant> decided, Function<Grant, Future<Void>> send) {
    decided.compose(send).onFailure(exchange.context()::fail);
  }
}
