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
import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.session.Redeemer;
import io.pveconsole.relay.viewer.Viewers;
import io.pveconsole.relay.web.security.Claims;
import io.pveconsole.relay.web.security.Problem;
import io.pveconsole.relay.web.security.SessionCookies;
import io.pveconsole.relay.web.security.TokenPurpose;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
  }

  /** Answers one call whose origin and form were checked. */
  void answer(Exchange exchange, String session, Route.Action action) {
    exchange
        .body()
        .compose(
            body ->
                switch (action) {
                  case state -> state(exchange, session);
                  case redeem -> redeem(exchange, session, body);
                  case refresh -> refresh(exchange, session);
                  case end -> end(exchange, session);
                })
        .onFailure(exchange::refuse);
  }

  private Future<Grant> state(Exchange exchange, String session) {
    return admission
        .known(session, claims(exchange, TokenPurpose.ACCESS))
        .onSuccess(
            grant ->
                exchange.json(
                    new JsonObject()
                        .put("state", "Open")
                        .put("console", grant.spec().console().name())
                        .put("viewOnly", Boolean.TRUE.equals(grant.spec().viewOnly()))
                        .put("clipboard", String.valueOf(grant.spec().clipboard()))
                        .put(
                            "expiresInSeconds",
                            Duration.between(ending.clock().instant(), grant.expires()).toSeconds())
                        .put("idleTimeoutSeconds", grant.spec().idleTimeoutSeconds())));
  }

  private Future<Grant> redeem(Exchange exchange, String session, JsonObject body) {
    String secret = body.getValue("secret") instanceof String text ? text : "";
    String nonce = body.getValue("nonce") instanceof String text ? text : "";
    return redeemer
        .redeem(session, secret, nonce, exchange.address())
        .onSuccess(grant -> issue(exchange, grant))
        .onComplete(
            (grant, failure) ->
                metrics.count(
                    "redeems",
                    failure == null
                        ? "Ok"
                        : failure instanceof ProblemException known
                            ? known.problem().code()
                            : "Failed"));
  }

  private Future<Grant> refresh(Exchange exchange, String session) {
    return admission
        .live(session, claims(exchange, TokenPurpose.REFRESH), grant -> false)
        .onSuccess(grant -> issue(exchange, grant));
  }

  private void issue(Exchange exchange, Grant grant) {
    exchange.noContent(
        cookies.issue(exchange.face().origin(), admission.claims(grant), grant.expires()));
  }

  private Future<Grant> end(Exchange exchange, String session) {
    return admission
        .known(session, claims(exchange, TokenPurpose.ACCESS))
        .compose(
            grant ->
                writer.change(
                    grant.name(),
                    grant.uid(),
                    now ->
                        now.status().ended() != null
                            ? Optional.empty()
                            : Optional.of(StatusPatch.over(ending.closedByUser()))))
        .onSuccess(
            ended -> {
              registry.endHere(session, TerminationReason.ClosedByUser);
              viewers.changed(ended);
              List<String> cleared = cookies.clear(exchange.face().origin(), session);
              exchange.noContent(cleared);
            })
        .recover(
            thrown ->
                Future.failedFuture(
                    thrown instanceof ProblemException
                        ? thrown
                        : new ProblemException(Problem.UNAVAILABLE)));
  }

  private Optional<Claims> claims(Exchange exchange, TokenPurpose purpose) {
    return cookies.read(exchange.face().origin(), purpose, exchange.cookies());
  }
}
